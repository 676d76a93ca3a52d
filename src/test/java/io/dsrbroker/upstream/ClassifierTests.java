package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.catalogue.Absence;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.catalogue.UriTemplate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;
import tools.jackson.databind.json.JsonMapper;

class ClassifierTests {

    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");
    private static final Upstream ARM = upstream(List.of("ResourceNotFound"));
    private static final Upstream HISTORY = upstream(List.of());

    private final Classifier classifier = new Classifier(new RetryAfter(Clock.fixed(NOW, ZoneOffset.UTC)));

    private static Upstream upstream(List<String> codes) {
        return new Upstream(
                "u",
                "https://h",
                new UriTemplate("u", Set.of()),
                true,
                List.of(),
                List.of(new Absence(404, codes)),
                List.of("NoRegisteredProviderFound"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "404|{'error':{'code':'ResourceNotFound'}}|Absent",
                "404|{'code':'ResourceNotFound'}|Absent",
                "404|{'error':{'code':'ResourceGroupNotFound'}}|AbsenceUnproven",
                "404|{'error':{'code':'NoRegisteredProviderFound'}}|Retired",
                "409|{'error':{'code':'NoRegisteredProviderFound'}}|Retired",
                "404|-|AbsenceUnproven",
                "401|{'error':{'code':'ExpiredAuthenticationToken'}}|CredentialsRejected",
                "403|{'error':{'code':'AuthorizationFailed'}}|Forbidden",
                "409|{'error':{'code':'ScopeLocked'}}|Locked",
                "423|-|Locked",
                "400|{'error':{'code':'InvalidApiVersionParameter'}}|Rejected",
                "429|-|Throttled",
                "503|-|Throttled",
                "500|{'code':'InternalServerError','statusCode':500}|Unavailable",
                "504|-|Unavailable",
                "408|-|Unavailable",
                "307|-|Hostile",
                "410|{'error':{'code':'NoRegisteredProviderFound'}}|Retired",
                "400|{'error':{'code':'NoRegisteredProviderFound'}}|Retired",
                "401|{'error':{'code':'NoRegisteredProviderFound'}}|CredentialsRejected",
                "403|{'error':{'code':'NoRegisteredProviderFound'}}|Forbidden",
                "429|{'error':{'code':'NoRegisteredProviderFound'}}|Throttled",
                "500|{'error':{'code':'NoRegisteredProviderFound'}}|Unavailable",
                "500|{'error':{'code':'ResourceNotFound'}}|Unavailable",
                "502|-|Unavailable",
                "409|{'error':{'code':'Conflict','details':[{'code':'X'},{'code':'ScopeLocked'}]}}|Locked",
                "403|{'error':{'code':'TooManyRequests'}}|Forbidden",
                "400|{'error':{'code':'RequestThrottled'}}|Rejected",
                "409|{'error':{'code':'SubscriptionRequestsThrottled'}}|Rejected",
                "412|-|Rejected",
            })
    @DisplayName("T12, §3 Error: the status decides before the code")
    void answerIsDecidedOnItsStatusThenItsCode(int status, @Nullable String body, String outcome) {
        assertThat(classify(ARM, status, body, null))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource({
        "404, {'error':{'code':'UserError'};'correlation':{'operation':'x'}}, Absent",
        "400, {'error':{'code':'UserError'}}, Rejected",
    })
    void runHistoryIsDecidedOnTheStatusAlone(int status, String body, String outcome) {
        assertThat(classify(HISTORY, status, body.replace(';', ','), null))
                .extracting(found -> found.getClass().getSimpleName())
                .isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "36|PT36S",
                " 36 |PT36S",
                "Mon, 23 Nov 2026 10:02:00 GMT|PT2M",
                "mon, 23 nov 2026 10:02:00 gmt|PT2M",
                "Mon, 23 Nov 2026 09:00:00 GMT|PT0S",
                "-5|PT0S",
                "999999|PT1H",
                "99999999999999999999|PT1H",
                "Tue, 23 Nov 2027 10:00:00 GMT|PT1H",
                "soon|-",
                "1.5|-",
                "-|-",
            })
    @DisplayName("§3 Limits: Retry-After is read in seconds and as a date, up to one hour")
    void retryAfterIsReadInSecondsAndAsDate(@Nullable String header, @Nullable Duration expected) {
        assertThat(classify(ARM, 429, null, header))
                .isInstanceOfSatisfying(
                        Outcome.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            quoteCharacter = '\0',
            value = {
                "{\"error\":{\"message\":\"Please try again after '372' seconds.\"}}|-|PT6M12S",
                "{\"message\":\"Too many requests; TRY AGAIN IN 30 SECONDS\"}|-|PT30S",
                "{\"Message\":\"Retry after 5 minutes.\"}|-|PT5M",
                "{\"error\":{\"details\":[{\"message\":\"retry after 2 hours\"}]}}|-|PT1H",
                "{\"error\":\"temporarily_unavailable\",\"error_description\":\"try again in 1 minute\"}|-|PT1M",
                "{\"error\":{\"message\":\"Please try again after '372' seconds.\"}}|7|PT7S",
                "{\"error\":{\"message\":\"Please try again after '372' seconds.\"}}|soon|PT6M12S",
                "{\"error\":{\"message\":\"Please try again later\"}}|-|-",
            })
    @DisplayName("§3 Limits: without a readable Retry-After the message says for how long")
    void pauseIsReadFromTheMessage(String body, @Nullable String header, @Nullable Duration expected) {
        for (int status : new int[] {429, 503}) {
            assertThat(classify(ARM, status, body, header))
                    .isInstanceOfSatisfying(
                            Outcome.Throttled.class,
                            throttled -> assertThat(throttled.retryAfter()).isEqualTo(expected));
        }
    }

    @Test
    @DisplayName("§3 Error: a refusal and a lock tell why, without naming anybody")
    void refusalAndLockTellWhy() {
        String body = "{'error':{'code':'%s','message':'The user `ada` is not authorized because scope is locked'}}";
        assertThat(classify(ARM, 403, body.formatted("AuthorizationFailed"), null))
                .isInstanceOfSatisfying(
                        Outcome.Forbidden.class,
                        forbidden -> assertThat(forbidden.words())
                                .startsWith("HTTP 403 AuthorizationFailed: The user '…' is not "));
        assertThat(classify(ARM, 409, body.formatted("ScopeLocked"), null))
                .isInstanceOfSatisfying(
                        Outcome.Locked.class,
                        locked -> assertThat(locked.words()).startsWith("HTTP 409 ScopeLocked: The user '…' is not "));
        assertThat(classify(ARM, 423, null, null))
                .isInstanceOfSatisfying(
                        Outcome.Locked.class,
                        locked -> assertThat(locked.words()).isEqualTo("HTTP 423"));
        assertThat(classify(ARM, 400, body.formatted("Bad"), null))
                .isInstanceOfSatisfying(
                        Outcome.Rejected.class,
                        rejected -> assertThat(rejected.words()).isEqualTo("HTTP 400 Bad"));
    }

    private Outcome classify(Upstream upstream, int status, @Nullable String body, @Nullable String retryAfter) {
        Exchange exchange = new Exchange("GET", status, null, null, NOW, null, null, null);
        HttpHeaders headers = new HttpHeaders();
        if (retryAfter != null) {
            headers.set(HttpHeaders.RETRY_AFTER, retryAfter);
        }
        return classifier.classify(
                upstream,
                new Reply.Arrived(
                        exchange,
                        status,
                        headers,
                        body == null
                                ? null
                                : new JsonMapper().readTree(body.startsWith("{\"") ? body : body.replace('\'', '"'))));
    }
}
