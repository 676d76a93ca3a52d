package io.dsrbroker.api;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers as a problem what never reaches a servlet; Tomcat makes it by its name. */
public final class TomcatProblems extends ErrorReportValve {

    private static final Logger log = LoggerFactory.getLogger(TomcatProblems.class);

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        int status = response.getStatus();
        if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        Problem problem = Problem.of(status);
        String instance = "urn:uuid:" + UUID.randomUUID();
        if (status < 500) {
            log.info("Problem {}: {} {}", instance, status, problem.name());
        } else {
            log.error("Problem {}: {} {}; the caller may try again", instance, status, problem.name(), throwable);
        }
        try {
            byte[] body = """
                    {"type":"/problems/%s","title":"%s","status":%d,"detail":"%s","instance":"%s"}""".formatted(problem.name(), problem.title(), status, problem.detail(), instance)
                    .getBytes(StandardCharsets.UTF_8);
            SecurityHeaders.STRICT.forEach(response::setHeader);
            response.setContentType("application/problem+json");
            response.setContentLength(body.length);
            response.getOutputStream().write(body);
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            log.debug("Problem {} could not be sent", instance, e);
        }
    }
}
