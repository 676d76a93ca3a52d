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
            })
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
                "Mon, 23 Nov 2026 10:02:00 GMT|PT2M",
                "Mon, 23 Nov 2026 09:00:00 GMT|PT0S",
                "999999|PT1H",
                "soon|-",
                "-|-",
            })
    void retryAfterIsReadInSecondsAndAsDate(@Nullable String header, @Nullable Duration expected) {
        assertThat(classify(ARM, 429, null, header))
                .isInstanceOfSatisfying(
                        Outcome.Throttled.class,
                        throttled -> assertThat(throttled.retryAfter()).isEqualTo(expected));
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
                        body == null ? null : new JsonMapper().readTree(body.replace('\'', '"'))));
    }
}
