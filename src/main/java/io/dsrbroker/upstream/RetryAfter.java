package io.dsrbroker.upstream;

import io.dsrbroker.egress.RetryAfterHeader;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;

/** For how long an upstream asks to be left alone: between nothing and one hour. */
record RetryAfter(Clock clock) {

    private static final Duration LONGEST = Duration.ofHours(1);

    /** What some providers say only in their message, "Please try again after '372' seconds." */
    private static final Pattern TEXT = Pattern.compile(
            "(?:try again|retry)(?: (?:after|in|within))? ['\"]?(\\d{1,6})['\"]? (second|minute|hour)",
            Pattern.CASE_INSENSITIVE);

    private static final int READ = 2000;

    /** What an answer asks for, in its header or else in its message; null where it says nothing readable. */
    @Nullable
    Duration of(Reply.Arrived answer) {
        Duration told = header(answer.headers().getFirst(HttpHeaders.RETRY_AFTER));
        return told != null
                ? told
                : Errors.messages(answer.body()).stream()
                        .flatMap(message -> text(message).stream())
                        .findFirst()
                        .orElse(null);
    }

    private Optional<Duration> text(String message) {
        Matcher found = TEXT.matcher(message.substring(0, Math.min(message.length(), READ)));
        return found.find()
                ? Optional.of(header().clipped(Duration.of(Long.parseLong(found.group(1)), unit(found.group(2)))))
                : Optional.empty();
    }

    private static ChronoUnit unit(String word) {
        return ChronoUnit.valueOf(word.toUpperCase(Locale.ROOT) + "S");
    }

    /** What a header says; null where it says nothing readable. */
    @Nullable
    Duration header(@Nullable String value) {
        return header().of(value);
    }

    private RetryAfterHeader header() {
        return new RetryAfterHeader(clock, LONGEST);
    }
}
