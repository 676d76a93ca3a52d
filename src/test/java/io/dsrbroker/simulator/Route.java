package io.dsrbroker.simulator;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call that an upstream offers; literals compare without case, {@code **} takes all segments that are left. */
record Route(
        int row,
        String method,
        List<String> template,
        @Nullable String apiVersion,
        boolean bearer,
        Handler handler) {

    /** Answers a call. */
    @FunctionalInterface
    interface Handler {
        Reply handle(Call call);
    }

    static Route bearer(int row, String method, String template, @Nullable String apiVersion, Handler handler) {
        return new Route(row, method, segments(template), apiVersion, true, handler);
    }

    static Route anonymous(int row, String method, String template, Handler handler) {
        return new Route(row, method, segments(template), null, false, handler);
    }

    private static List<String> segments(String template) {
        return Arrays.asList(template.substring(1).split("/", -1));
    }

    /** The variables when the path has this form, else null. */
    @Nullable
    Map<String, String> match(List<String> path) {
        boolean open = template.getLast().equals("**");
        int fixed = open ? template.size() - 1 : template.size();
        if (open ? path.size() <= fixed : path.size() != fixed) {
            return null;
        }
        var variables = new HashMap<String, String>();
        for (int i = 0; i < fixed; i++) {
            var part = template.get(i);
            if (part.startsWith("{")) {
                variables.put(part.substring(1, part.length() - 1), path.get(i));
            } else if (!part.equalsIgnoreCase(path.get(i))) {
                return null;
            }
        }
        return variables;
    }

    List<String> tail(List<String> path) {
        return template.getLast().equals("**") ? path.subList(template.size() - 1, path.size()) : List.of();
    }
}
