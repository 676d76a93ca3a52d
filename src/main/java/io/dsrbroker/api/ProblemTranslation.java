package io.dsrbroker.api;

import io.dsrbroker.shared.BrokerProblem;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** Turns what was thrown into what the caller may know of it. */
public final class ProblemTranslation {

    /** SQLSTATEs of a server that goes, and the class of connection failures. */
    private static final Set<String> GONE = Set.of("57P01", "57P02", "57P03", "53300");

    /** What the pool says of a connection that it has given up. */
    private static final String CLOSED = "Connection is closed";

    private ProblemTranslation() {}

    /** What the caller hears. */
    public static Problem of(Throwable thrown) {
        return switch (thrown) {
            case TooManyRequests often -> often.problem();
            case BrokerProblem situation -> Problem.of(situation);
            case HttpMessageNotReadableException unreadable -> Problem.of(new MalformedJson());
            case InvalidParameterException malformed -> Problem.of(400);
            case MethodArgumentTypeMismatchException mismatch ->
                Problem.of(new InvalidParameter(mismatch.getName(), "It is not of the right form."));
            case AuthenticationServiceException unchecked -> identityProviderUnavailable();
            case ErrorResponse response ->
                Problem.of(response.getStatusCode().value()).with(response.getHeaders());
            default -> databaseIsGone(thrown) ? databaseUnavailable() : Problem.of(500);
        };
    }

    static Problem identityProviderUnavailable() {
        return Problem.of(
                503,
                "identity-provider-unavailable",
                "Identity provider unavailable",
                "The access token cannot be checked at the moment. Try again in a while.");
    }

    static Problem databaseUnavailable() {
        HttpHeaders headers = new HttpHeaders();
        headers.set(HttpHeaders.RETRY_AFTER, "5");
        return Problem.of(
                        503,
                        "database-unavailable",
                        "Database unavailable",
                        "The broker cannot reach its database at the moment. Try again in a while.")
                .with(headers);
    }

    private static boolean databaseIsGone(Throwable thrown) {
        return Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                .limit(20)
                .anyMatch(cause -> cause instanceof CannotCreateTransactionException
                        || cause instanceof DataAccessResourceFailureException
                        || cause instanceof SQLTransientConnectionException
                        || (cause instanceof SQLException failure && isGone(failure)));
    }

    private static boolean isGone(SQLException failure) {
        String state = failure.getSQLState();
        // Where a connection broke in a transaction, all that is thrown in the end is that it cannot be rolled back.
        return state == null ? CLOSED.equals(failure.getMessage()) : state.startsWith("08") || GONE.contains(state);
    }
}
