package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ErrorsTests {

    private static JsonNode json(String body) {
        return new JsonMapper().readTree(body.replace('\'', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "{'error':{'code':'A','message':'m','target':'t','additionalInfo':[{'type':'x','info':{}}]}}|A",
                "{'Error':{'Code':'A','Message':'m','Details':[{'CODE':'B'},{'code':'C'}]}}|A,B,C",
                "{'code':'A','message':'m','details':[{'code':'B','message':'n'},{'code':'C'}]}|A,B,C",
                "{'code':'InternalServerError','statusCode':500,'message':'m','details':[]}|InternalServerError",
                "{'error':{'code':'UserError','innerError':{'code':'B','innerError':{'code':'C'}}},"
                        + "'correlation':{'operation':'x'},'componentName':'c'}|UserError,B,C",
                "{'error':{'code':'A','innererror':{'code':'B'},'details':[{'code':'C','details':[{'code':'D'}]}]}}"
                        + "|A,B,C,D",
                "{'error':'invalid_client','error_description':'AADSTS7000215: m','error_codes':[7000215]}"
                        + "|invalid_client,7000215",
                "{'Message':'The request is invalid.'}|''",
                "{'error':{'code':'ada@example.com'}}|''",
                "{'error':{'code':'/subscriptions/1'}}|''",
                "{'error':{'code':'A','details':[{'code':'A'}]}}|A",
                "{'error':null}|''",
                "{'error':[]}|''",
                "[]|''",
            })
    @DisplayName("T12: the codes of every error shape are read, the outermost first")
    void codesOfEveryShapeAreRead(String body, String codes) {
        assertThat(String.join(",", Errors.codes(json(body)))).isEqualTo(codes);
    }

    @Test
    @DisplayName("T12: an error without end is read only so far")
    void endlessErrorIsReadOnlySoFar() {
        String chain = "{'innerError':".repeat(400) + "{'code':'deep'}" + "}".repeat(400);
        assertThat(Errors.codes(json("{'error':{'code':'A','innerError':" + chain + "}}")))
                .isEqualTo(List.of("A"));
        String details = "{'code':'B'},".repeat(10_000) + "{'code':'C'}";
        assertThat(Errors.codes(json("{'code':'A','details':[" + details + "]}")))
                .isEqualTo(List.of("A", "B"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "The client 'ada@example.com' with object id '11111111-2222-3333-4444-555555555555' does not have"
                        + " authorization to perform action 'Microsoft.X/y/delete' over scope"
                        + " '/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg' or the scope is"
                        + " invalid. If access was recently granted, please refresh your credentials.|"
                        + "The client '…' with object id '…' does not have authorization to perform action '…' over"
                        + " scope '…' or the scope is invalid. If access was recently granted, please refresh your"
                        + " credentials.",
                "The scope '/subscriptions/s/resourceGroups/rg/providers/Microsoft.X/y/z' cannot perform delete operation"
                        + " because following scope(s) are locked: '/subscriptions/s'. Please remove the lock and try"
                        + " again.|The scope '…' cannot perform delete operation because following scope(s) are locked:"
                        + " '…'. Please remove the lock and try again.",
                "Run 01-regression was not found|Run … was not found",
                "Run regression was not found|Run … was not found",
                "User Ada Lovelace has no access|User … has no access",
                "Write to ada@example.com or call +49 30 1234567|Write to … or call …",
                "See https://portal.azure.com/#@t/resource/x for more.|See … for more.",
                "The path /home/ada/x is locked|The path … is locked",
                "The id 9F86D081884C7D659A2FEAA0C55AD015 is unknown|The id … is unknown",
                "The user `ada` and \"bob\" and “eve” cannot delete|The user '…' and '…' and '…' cannot delete",
                "The user 'O'Brien' can't delete|The user '…' can't delete",
                "The user James' dog' is unknown|The user …",
                "The user 'ada does not exist|The user …",
            })
    @DisplayName("T12: a message for people keeps only words that can name nobody and nothing")
    void messageNamesNobody(String message, String plain) {
        JsonNode body = new JsonMapper()
                .createObjectNode()
                .set("error", new JsonMapper().createObjectNode().put("message", message));
        assertThat(Errors.message(body))
                .hasValueSatisfying(found -> assertThat(plain.length() <= 200 ? found : found.substring(0, 199))
                        .isEqualTo(plain.length() <= 200 ? plain : plain.substring(0, 199)));
    }

    @Test
    void messageIsOneShortLineWithoutControlCharacters() {
        JsonNode body = new JsonMapper()
                .createObjectNode()
                .put("Message", "The\r\n\tscope\u202e\u2028is\u001b locked. " + "Please try again. ".repeat(1000));
        assertThat(Errors.message(body))
                .hasValueSatisfying(message -> assertThat(message)
                        .startsWith("The scope is locked. Please try again.")
                        .hasSize(200)
                        .doesNotContainPattern("\\p{C}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'message':''}", "{'message':'Ada'}", "{'message':null}", "[]"})
    void bodyWithoutPlainMessageHasNone(@Nullable String body) {
        assertThat(Errors.message(body == null ? null : json(body))).isEmpty();
        assertThat(Errors.message(null)).isEmpty();
    }
}
