package io.dsrbroker.export;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes what a document says: times in UTC where they say their zone, all else as it stands there. */
final class Values {

    private static final Pattern TIME = Pattern.compile(
            "(?<day>\\d{4}-\\d\\d-\\d\\d)(?:[T ](?<time>\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?)(?<zone>Z|[+-]\\d\\d:\\d\\d)?)?");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm:ss", Locale.ENGLISH);

    /** Systems write earlier ones where they know none. */
    private static final int FIRST_YEAR = 1900;

    private Values() {}

    static void write(Fields.Field field, Html html) throws IOException {
        switch (field.sort()) {
            case OUR_WORDS -> html.markup("<i>").text(field.value()).markup("</i>");
            case BLACKED_OUT ->
                html.markup("<i>").text(field.value()).markup("</i> (<a href=\"index.html#redacted\">why</a>)");
            case AS_IT_IS -> {
                if (!time(field.value(), html)) {
                    html.markup("<bdi>").lines(field.value()).markup("</bdi>");
                }
            }
        }
    }

    private static boolean time(String value, Html html) throws IOException {
        Matcher matcher = TIME.matcher(value);
        if (!matcher.matches()) {
            return false;
        }
        try {
            LocalDate day = LocalDate.parse(matcher.group("day"));
            if (day.getYear() < FIRST_YEAR) {
                return false;
            }
            String time = matcher.group("time");
            String zone = matcher.group("zone");
            if (time == null) {
                html.time(day.toString(), DAY.format(day));
            } else if (zone == null) {
                LocalDateTime at = LocalDateTime.parse(day + "T" + time);
                html.time(at.toString(), SECOND.format(at) + " (time zone not said)");
            } else {
                OffsetDateTime at =
                        OffsetDateTime.parse(day + "T" + time + zone).withOffsetSameInstant(ZoneOffset.UTC);
                html.time(at.toInstant().toString(), SECOND.format(at) + " UTC");
            }
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
