package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.upstream.Operation.Dialect;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class OperationTests {

    private static final String DELETE = "/subscriptions/s/things/t?api-version=2017-09-01-preview";

    private final Stub stub = new Stub();
    private final Wired wired = new Wired(stub.base(), "egress.allow-http=true", "egress.allow-private-addresses=true");

    @AfterEach
    void close() {
        wired.close();
        stub.close();
    }

    private Outcome delete() {
        return wired.client.call(wired.request("DELETE", DELETE));
    }

    private @Nullable Operation started(String... headers) {
        stub.answering(202, "", headers);
        return ((Outcome.Accepted) delete()).operation();
    }

    private OperationStatus ask(Dialect dialect) {
        return wired.client.ask(
                wired.request("DELETE", DELETE),
                new Operation(dialect, stub.base() + "/op/1?api-version=x", Duration.ofSeconds(7)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "Azure-AsyncOperation: {here}/op/1?api-version=1|STATUS|/op/1?api-version=1|60",
                "azure-asyncoperation: /op/1;Retry-After: 10|STATUS|/op/1?api-version=2017-09-01-preview|10",
                "Operation-Location: /api/operations/1|STATE|/api/operations/1?api-version=2017-09-01-preview|5",
                "Operation-Location: ../other?x=1|STATE|/subscriptions/s/other?x=1&api-version=2017-09-01-preview|5",
                "Operation-Location: /op/1?API-Version=1|STATE|/op/1?API-Version=1|5",
                "Operation-Location: /op/1?api%2Dversion=|STATE|/op/1?api%2Dversion=|5",
                "Operation-Location: ?id=1|STATE|/subscriptions/s/things/t?id=1&api-version=2017-09-01-preview|5",
                "Location: {here}/op/1?t=2&api-version=1|RESULT|/op/1?t=2&api-version=1|60",
                "Location: /op/1;Retry-After: 0|RESULT|/op/1?api-version=2017-09-01-preview|1",
                "Location: /op/1;Retry-After: 3600|RESULT|/op/1?api-version=2017-09-01-preview|600",
                "Location: /op/1;Retry-After: Mon, 23 Nov 2026 10:02:00 GMT|RESULT|"
                        + "/op/1?api-version=2017-09-01-preview|120",
                "Location: /l;Operation-Location: /o;Azure-AsyncOperation: /a|STATUS|"
                        + "/a?api-version=2017-09-01-preview|60",
                "Location: /l;Operation-Location: /o|STATE|/o?api-version=2017-09-01-preview|5",
            })
    @DisplayName("T14: every dialect's header is read, the most telling one first")
    void takenDeletionSaysWhereToAsk(String headers, Dialect dialect, String place, long seconds) {
        assertThat(started(headers.split(";")))
                .isEqualTo(new Operation(dialect, stub.base() + place, Duration.ofSeconds(seconds)));
    }

    @ParameterizedTest
    @CsvSource({"200", "204", "202"})
    @DisplayName("§3 Async: 200, 204 and a 202 without a header start nothing to ask about")
    void deletionWithoutPlaceToAskHasNoOperation(int status) {
        stub.answering(status, "", status == 202 ? "Retry-After: 5" : "Location: /elsewhere");
        assertThat(delete())
                .isInstanceOfSatisfying(
                        Outcome.Accepted.class,
                        accepted -> assertThat(accepted.operation()).isNull());
    }

    static Stream<String> hostilePlaces() {
        return HostileUrls.all().stream()
                .flatMap(url ->
                        Stream.of("Azure-AsyncOperation: " + url, "Operation-Location: " + url, "Location: " + url));
    }

    @ParameterizedTest
    @MethodSource("hostilePlaces")
    @DisplayName("T7: a place to ask at another origin is hostile, and the deletion was taken")
    void placeAtAnotherOriginIsHostile(String header) {
        stub.answering(202, "", header);
        assertThat(delete())
                .isInstanceOfSatisfying(
                        Outcome.Hostile.class,
                        hostile -> assertThat(hostile.words())
                                .startsWith("HTTP 202: the deletion was taken, but the place to ask at "));
        assertThat(stub.asked).hasSize(1);
    }

    @Test
    @DisplayName("T7: a hostile place is not mended by a friendly one")
    void hostilePreferredHeaderIsHostile() {
        stub.answering(202, "", "Azure-AsyncOperation: https://evil.example/a", "Location: /good");
        assertThat(delete()).isInstanceOf(Outcome.Hostile.class);
    }

    @Test
    @DisplayName("§3 Async: a place of up to 4 KB is taken, a longer one is hostile")
    void placeLongerThanFourKilobytesIsHostile() {
        assertThat(started("Location: /" + "x".repeat(4095))).isNotNull();
        stub.answering(202, "", "Location: /" + "x".repeat(4096));
        assertThat(delete()).isInstanceOf(Outcome.Hostile.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "STATUS|200|{'status':'Succeeded'}|Succeeded",
                "STATUS|200|{'Status':'SUCCEEDED'}|Succeeded",
                "STATUS|200|{'status':'InProgress'}|Working",
                "STATUS|200|{'status':'Deleting'}|Working",
                "STATUS|200|{'status':'Failed'}|GaveUp",
                "STATUS|200|{'status':'Canceled'}|GaveUp",
                "STATUS|200|{'status':'cancelled'}|GaveUp",
                "STATUS|200|{'state':'Succeeded'}|Unreadable",
                "STATUS|200|{}|Unreadable",
                "STATUS|200|<html>|Unreadable",
                "STATUS|200|-|Unreadable",
                "STATUS|400|{'error':{'code':'X'}}|Unreadable",
                "STATUS|404|{'error':{'code':'ResourceNotFound'}}|Unreadable",
                "STATUS|409|{'status':'Failed'}|Unreadable",
                "STATUS|500|{'status':'Failed'}|Unreadable",
                "STATUS|307|-|Unreadable",
                "STATE|200|{'state':'Succeeded'}|Succeeded",
                "STATE|200|{'State':'succeeded'}|Succeeded",
                "STATE|200|{'status':'Succeeded'}|Succeeded",
                "STATE|200|{'state':'Running','status':'Succeeded'}|Working",
                "STATE|200|{'state':'NotStarted'}|Working",
                "STATE|200|{'state':'Cancelled'}|GaveUp",
                "STATE|200|{'state':'TimedOut'}|GaveUp",
                "STATE|200|{'state':'Failed'}|GaveUp",
                "STATE|404|{'code':'NotFound'}|Unreadable",
                "RESULT|200|{}|Succeeded",
                "RESULT|201|{}|Succeeded",
                "RESULT|204|-|Succeeded",
                "RESULT|202|-|Working",
                "RESULT|409|{'error':{'code':'CannotDeleteResource'}}|GaveUp",
                "RESULT|412|-|GaveUp",
                "RESULT|500|{'error':{'code':'InternalServerError'}}|GaveUp",
                "RESULT|404|{'error':{'code':'ResourceNotFound'}}|Unreadable",
                "RESULT|403|{'error':{'code':'AuthorizationFailed'}}|Unreadable",
                "RESULT|429|-|Unreadable",
                "RESULT|503|-|Unreadable",
                "RESULT|504|-|Unreadable",
                "RESULT|302|-|Unreadable",
            })
    @DisplayName("T14: words and statuses are read in the operation's own dialect")
    void answerIsReadInItsDialect(Dialect dialect, int status, @Nullable String body, String expected) {
        stub.answering(status, body == null ? "" : body);
        assertThat(ask(dialect))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(expected);
    }

    @Test
    @DisplayName("§3 Async: an operation that gave up is told by its word and code, never by its message")
    void wordsOfGivingUpHoldOnlyTheCode() {
        stub.answering(200, "{'status':'Failed','error':{'code':'InternalServerError','message':'ada@example.com'}}");
        assertThat(ask(Dialect.STATUS))
                .isInstanceOfSatisfying(
                        OperationStatus.GaveUp.class,
                        gaveUp -> assertThat(gaveUp.words())
                                .isEqualTo("the operation ended as Failed InternalServerError"));
        stub.answering(409, "{'code':'CannotDeleteResource','message':'ada@example.com'}");
        assertThat(ask(Dialect.RESULT))
                .isInstanceOfSatisfying(
                        OperationStatus.GaveUp.class,
                        gaveUp -> assertThat(gaveUp.words())
                                .isEqualTo("the operation ended as HTTP 409 CannotDeleteResource"));
    }

    @Test
    @DisplayName("§3 Async: a running operation says when and, by a new Location, where to ask next")
    void runningOperationMayMove() {
        stub.answering(202, "", "Location: /op/2", "Retry-After: 17");
        Operation next = new Operation(
                Dialect.RESULT, stub.base() + "/op/2?api-version=2017-09-01-preview", Duration.ofSeconds(17));
        assertThat(ask(Dialect.RESULT)).isInstanceOfSatisfying(OperationStatus.Working.class, working -> {
            assertThat(working.next()).isEqualTo(next);
            assertThat(working.again()).isEqualTo(Duration.ofSeconds(17));
        });
    }

    @Test
    @DisplayName("T7: a running operation that moves to another origin is hostile")
    void runningOperationThatMovesElsewhereIsHostile() {
        stub.answering(202, "", "Location: https://evil.example/op/2");
        assertThat(ask(Dialect.RESULT))
                .isInstanceOfSatisfying(
                        OperationStatus.Unreadable.class,
                        unreadable -> assertThat(unreadable.outcome()).isInstanceOf(Outcome.Hostile.class));
    }

    @Test
    void placeOfTheOtherDialectsDoesNotMove() {
        stub.answering(200, "{'status':'Running'}", "Location: /op/2");
        assertThat(ask(Dialect.STATUS))
                .isInstanceOfSatisfying(
                        OperationStatus.Working.class,
                        working -> assertThat(working.next())
                                .isEqualTo(new Operation(
                                        Dialect.STATUS, stub.base() + "/op/1?api-version=x", Duration.ofSeconds(60))));
    }

    @Test
    void askingCarriesTheBearerAndRefreshesItOnce() {
        stub.answering(401, "").answering(200, "{'status':'Succeeded'}");
        assertThat(ask(Dialect.STATUS)).isInstanceOf(OperationStatus.Succeeded.class);
        assertThat(stub.asked).isEqualTo(Arrays.asList("GET /op/1?api-version=x t1", "GET /op/1?api-version=x t2"));
        stub.answering(401, "").answering(401, "");
        assertThat(ask(Dialect.STATUS))
                .isInstanceOfSatisfying(
                        OperationStatus.Unreadable.class,
                        unreadable -> assertThat(unreadable.outcome()).isInstanceOf(Outcome.CredentialsRejected.class));
    }

    @Test
    @DisplayName("T7: a kept place is checked again before it is asked")
    void keptPlaceAtAnotherOriginIsNotAsked() {
        Operation kept = new Operation(Dialect.STATUS, "https://evil.example/op", Duration.ofSeconds(1));
        OperationStatus status = wired.client.ask(wired.request("DELETE", DELETE), kept);
        assertThat(status)
                .isInstanceOfSatisfying(
                        OperationStatus.Unreadable.class,
                        unreadable -> assertThat(unreadable.outcome()).isInstanceOf(Outcome.Hostile.class));
        assertThat(stub.asked).isEmpty();
    }

    private long calls(String operation, String outcome) {
        return wired.meters
                .get("dsr.upstream.calls")
                .tags("upstream", "arm", "operation", operation, "outcome", outcome)
                .timer()
                .count();
    }

    @Test
    void callsAreCountedByWhatTheyCameTo() {
        stub.answering(202, "", "Azure-AsyncOperation: " + stub.base() + "/op/1")
                .answering(500, "");
        assertThat(delete()).isInstanceOf(Outcome.Accepted.class);
        assertThat(delete()).isInstanceOf(Outcome.Unavailable.class);
        stub.answering(200, "{'status': 'InProgress'}").answering(404, "{}");
        assertThat(ask(Dialect.STATUS)).isInstanceOf(OperationStatus.Working.class);
        assertThat(ask(Dialect.STATUS)).isInstanceOf(OperationStatus.Unreadable.class);
        assertThat(calls("delete", "accepted")).isEqualTo(1);
        assertThat(calls("delete", "unavailable")).isEqualTo(1);
        assertThat(calls("ask", "working")).isEqualTo(1);
        assertThat(calls("ask", "absence-unproven")).isEqualTo(1);
    }
}
