package io.dsrbroker.simulator;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request on its way to a handler, with the variables of its route. */
record Call(
        Upstream upstream,
        String origin,
        String method,
        String rawPath,
        String rawQuery,
        Map<String, String> query,
        Headers headers,
        String body,
        Map<String, String> variables,
        List<String> tail) {

    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    String parameter(String name) {
        return query.getOrDefault(name, "");
    }

    @Nullable
    String header(String name) {
        return headers.getFirst(name);
    }

    /** The number in a parameter, or the default when there is none. */
    int number(String name, int otherwise) {
        var value = parameter(name);
        return value.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(value) : otherwise;
    }

    Place lab() {
        return Place.lab(variable("subscription"), variable("group"), variable("account"));
    }

    Place space() {
        return lab().workspace(variable("workspace"));
    }

    Place project() {
        return space().project(variable("project"));
    }
}
