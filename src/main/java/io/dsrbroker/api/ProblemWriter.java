package io.dsrbroker.api;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers problems, whatever was asked for, and logs each under the {@code instance} that the caller sees.
 *
 * <p>Only the log of a 5xx says what really happened.
 */
@Component
class ProblemWriter {

    private static final Logger log = LoggerFactory.getLogger(ProblemWriter.class);

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Answers a problem that is the caller's to solve. */
    void write(Problem problem, HttpServletResponse response) throws IOException {
        String instance = instance();
        log.info("Problem {}: {} {}", instance, problem.status(), problem.name());
        send(problem, instance, response);
    }

    /** Answers a problem and logs its cause if the broker is at fault. */
    void write(Problem problem, Throwable cause, HttpServletResponse response) throws IOException {
        if (problem.status() < 500) {
            write(problem, response);
            return;
        }
        String instance = instance();
        log.error("Problem {}: {} {}; the caller may try again", instance, problem.status(), problem.name(), cause);
        send(problem, instance, response);
    }

    private void send(Problem problem, String instance, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        response.resetBuffer();
        response.setStatus(problem.status());
        problem.headers().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        byte[] body = json.writeValueAsBytes(body(problem, instance));
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** A problem as it goes over the wire. */
    static Map<String, Object> body(Problem problem, String instance) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", "/problems/" + problem.name());
        body.put("title", problem.title());
        body.put("status", problem.status());
        body.put("detail", problem.detail());
        body.put("instance", instance);
        body.putAll(new TreeMap<>(problem.properties()));
        if (!problem.errors().isEmpty()) {
            body.put("errors", problem.errors());
        }
        return body;
    }

    private static String instance() {
        return "urn:uuid:" + UUID.randomUUID();
    }
}
