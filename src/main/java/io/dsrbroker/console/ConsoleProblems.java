package io.dsrbroker.console;

import io.dsrbroker.api.Problem;
import io.dsrbroker.api.ProblemTranslation;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.util.DisconnectedClientHelper;

/** Shows people as a page what callers of the API would get as a problem. */
@ControllerAdvice(basePackageClasses = ConsoleProblems.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
@WithConsole
class ConsoleProblems {

    private static final Logger log = LoggerFactory.getLogger(ConsoleProblems.class);

    private final Pages pages;

    ConsoleProblems(Pages pages) {
        this.pages = pages;
    }

    @ExceptionHandler
    void show(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
            return;
        }
        if (response.isCommitted()) {
            // Only a broken connection tells that an answer is not whole.
            throw thrown;
        }
        Problem problem = ProblemTranslation.of(thrown);
        if (problem.status() >= 500) {
            log.error("A page could not be shown", thrown);
        }
        write(problem, request, response);
    }

    private void write(Problem problem, HttpServletRequest request, HttpServletResponse response) throws IOException {
        pages.write(
                request,
                response,
                problem.status(),
                "console/refusal",
                Map.of(
                        "title",
                        problem.title(),
                        "detail",
                        problem.detail(),
                        "status",
                        problem.status(),
                        "errors",
                        problem.errors(),
                        "name",
                        problem.name()));
    }
}
