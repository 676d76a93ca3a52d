package io.dsrbroker.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a job's events a client has seen.
 *
 * @param stage the number of the last stage change
 * @param finished whether it knows that nothing more will come
 */
record EventId(int stage, boolean finished) {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(-finished)?");

    /** Reads what the client last saw; from one that is not ours everything is told again. */
    static EventId of(@Nullable String text) {
        Matcher matcher = FORM.matcher(text == null ? "0" : text);
        return matcher.matches()
                ? new EventId(Integer.parseInt(matcher.group(1)), matcher.group(2) != null)
                : new EventId(0, false);
    }

    @Override
    public String toString() {
        return finished ? stage + "-finished" : String.valueOf(stage);
    }
}
