package io.dsrbroker.api;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.util.DisconnectedClientHelper;

/** Answers whatever a call ends with as a problem; pages for people come before it with an advice of their own. */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
class ProblemAdvice {

    private final ProblemWriter problems;
    private final ClientConflicts conflicts;

    ProblemAdvice(ProblemWriter problems, ClientConflicts conflicts) {
        this.problems = problems;
        this.conflicts = conflicts;
    }

    @ExceptionHandler
    void answer(Exception thrown, HttpServletRequest request, HttpServletResponse response) throws Exception {
        if (DisconnectedClientHelper.isClientDisconnectedException(thrown)) {
            return;
        }
        boolean underWay = response.isCommitted();
        problems.write(ProblemTranslation.of(conflicts.asToldTo(request, thrown)), thrown, response);
        if (underWay) {
            // Only a broken connection tells that an answer is not whole.
            throw thrown;
        }
    }
}
