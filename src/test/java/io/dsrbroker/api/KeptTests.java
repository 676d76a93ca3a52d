package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Subject;
import io.dsrbroker.shared.BrokerProblem.FieldError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptTests {

    private static final Subject ADA =
            new Subject("A1".repeat(32), "0f8fad5b-d9cb-469f-a165-70867728950e", "ada.lovelace+dsr@example.com");

    private static List<String> refused(String body) {
        List<FieldError> errors = new ArrayList<>();
        Kept.check(Body.of(body.getBytes(StandardCharsets.UTF_8)), ADA, errors);
        return errors.stream().map(FieldError::pointer).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"externalId": "Ada.Lovelace+DSR@example.com"}               | /externalId
                    {"callbackUrl": "https://p.example/x?u=ada.lovelace%2Bdsr%40example.com"} | /callbackUrl
                    {"callbackUrl": "https://p.example/100%/0F8FAD5B-D9CB-469F-A165-70867728950E"} | /callbackUrl
                    {"verification": {"verifiedBy": "ada.lovelace+dsr@example.com"}} | /verification/verifiedBy
                    {"targets": [{}, {"account": "x0f8fad5b-d9cb-469f-a165-70867728950e"}]} | /targets/1/account
                    """)
    void identifierIsRefusedWhereverItWouldBeKept(String body, String pointer) {
        assertThat(refused(body)).containsExactly(pointer);
    }

    @Test
    void otherWordsAndOddOnesAreNoIdentifiers() {
        assertThat(refused("""
                {"externalId": "portal-4711 %zz %", "callbackUrl": 7, "targets": [1, {"name": "ada"}],
                 "subject": {"email": "ada.lovelace+dsr@example.com"}}""")).isEmpty();
        assertThat(refused("{\"targets\": {\"a\": 1}, \"verification\": []}")).isEmpty();
    }
}
