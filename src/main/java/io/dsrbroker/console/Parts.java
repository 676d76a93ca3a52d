package io.dsrbroker.console;

import jakarta.servlet.http.HttpServletRequest;

/** Tells calls for a part of a page from those for a whole one. */
final class Parts {

    private Parts() {}

    /** Whether a script of a page asks, and not a person. */
    static boolean asked(HttpServletRequest request) {
        String accepted = request.getHeader("Accept");
        return request.getHeader("HX-Request") != null || (accepted != null && accepted.contains("text/event-stream"));
    }
}
