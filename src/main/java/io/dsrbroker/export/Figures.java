package io.dsrbroker.export;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Times, numbers and places as people read them, the same on every machine. */
final class Figures {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Figures() {}

    /** The innermost thing in which a file of the package lies, below its target; empty where there is none. */
    static String place(String path) {
        String[] folders = path.split("/", -1);
        int last = folders.length - 3;
        // data, target, then pairs such as runs/run-17, at last the type and the name
        if (last < 3) {
            return "";
        }
        String name = decoded(folders[last]);
        if (folders[last - 2].endsWith("-accounts")) {
            return "account " + name;
        }
        return switch (folders[last - 1]) {
            case "workspaces" -> "workspace " + name;
            case "projects" -> "project " + name;
            case "runs" -> "run " + name;
            default -> decoded(folders[last - 1]) + " / " + name;
        };
    }

    private static String decoded(String segment) {
        return URLDecoder.decode(segment, StandardCharsets.UTF_8);
    }

    /** A date. */
    static String day(Instant at) {
        return DAY.format(at);
    }

    /** A date with its time. */
    static String minute(Instant at) {
        return MINUTE.format(at);
    }

    /** A number. */
    static String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }

    /** How many of something. */
    static String count(long number, String one, String many) {
        return number(number) + " " + (number == 1 ? one : many);
    }

    /** A length. */
    static String size(long bytes) {
        if (bytes < 1000) {
            return count(bytes, "byte", "bytes");
        }
        double rest = bytes / 1000.0;
        for (String unit : new String[] {"kB", "MB", "GB"}) {
            if (rest < 999.95) {
                return String.format(Locale.ENGLISH, "%.1f %s", rest, unit);
            }
            rest /= 1000;
        }
        return String.format(Locale.ENGLISH, "%,.1f TB", rest);
    }
}
