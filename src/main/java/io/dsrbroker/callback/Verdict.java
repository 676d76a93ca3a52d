package io.dsrbroker.callback;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came of one try. */
sealed interface Verdict {

    /** HTTP status; null where no answer came. */
    @Nullable
    Integer status();

    /** The portal took it. */
    record Delivered(Integer status) implements Verdict {}

    /** The portal wants to hear no more of this request. */
    record Gone(Integer status) implements Verdict {}

    /**
     * Another try may help.
     *
     * @param words fixed words, without anything of the answer or the URL
     * @param asked how long the portal asks to be left alone; null where it does not say
     */
    record Failed(
            @Nullable Integer status,
            String words,
            @Nullable Duration asked) implements Verdict {}
}
