package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FieldsTests {

    private static Fields of(String document) {
        return Fields.of(document.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> lines(Fields fields) {
        return fields.list().stream()
                .map(field -> field.name() + " = " + field.value())
                .toList();
    }

    private static String shown(String value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Html html = new Html(bytes)) {
            Values.write(new Fields.Field("Name", value, Fields.Sort.AS_IT_IS), html);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    @Test
    void programmersNamesBecomeWordsAndOthersStay() {
        assertThat(Fields.words("startTimeUtc")).isEqualTo("Start time UTC");
        assertThat(Fields.words("entities_count")).isEqualTo("Entities count");
        assertThat(Fields.words("ARMResourceId")).isEqualTo("ARM resource ID");
        assertThat(Fields.words("learning-rate")).isEqualTo("learning-rate");
        assertThat(Fields.words("x".repeat(5000))).hasSizeLessThan(210);
    }

    @Test
    void nestedThingsAreNamedByTheWayToThem() {
        assertThat(lines(of("""
                {"a": {"bC": [1.50, "x", null]}, "parts": [{"n": true}, {"n": false}], "none": [], "empty": {}, "text": ""}
                """)))
                .containsExactly(
                        "A › B c = 1.50, x, not set",
                        "Parts 1 › N = yes",
                        "Parts 2 › N = no",
                        "None = empty",
                        "Empty = empty",
                        "Text = empty");
        assertThat(lines(of("\"alone\""))).containsExactly("Value = alone");
        assertThat(lines(of("[[1, 2], [3]]"))).containsExactly("Number 1 = 1, 2", "Number 2 = 3");
    }

    @Test
    void titleIsWhatPeopleCallIt() {
        assertThat(of("{\"name\":\"n\",\"displayName\":\"d\",\"title\":\"t\"}").title())
                .isEqualTo("d");
        assertThat(of("{\"inner\":{\"name\":\"n\"},\"title\":\" \"}").title()).isNull();
    }

    @Test
    void longDocumentsAreCutAndSaySo() {
        assertThat(of("{\"a\":1}").cut()).isFalse();
        String many = "{" + "\"k\":1,".repeat(5000) + "\"k\":1}";
        assertThat(of(many).list()).hasSize(300);
        assertThat(of(many).cut()).isTrue();
        Fields lengthy = of("{\"a\":\"" + "x".repeat(3000) + "\",\"b\":[" + "7,".repeat(5000) + "7],\"c\":true}");
        assertThat(lengthy.cut()).isTrue();
        assertThat(lengthy.list()).hasSize(3).allMatch(field -> field.value().length() < 2010);
        Fields broken = of("{\"a\":1,\"b\":\"begun");
        assertThat(lines(broken)).containsExactly("A = 1");
        assertThat(broken.cut()).isTrue();
        Fields tall = of("{\"a\":\"" + "😀".repeat(5000) + "\"}");
        assertThat(tall.cut()).isTrue();
        assertThat(tall.list().getFirst().value()).hasSizeLessThan(2010).endsWith("😀…");
        assertThat(of("[".repeat(400) + "]".repeat(400)).list()).hasSize(1);
        assertThat(of("[".repeat(60_000)).cut()).isTrue();
    }

    @Test
    void whatIsNoDocumentHasNoFields() {
        assertThat(of("").list()).isEmpty();
        assertThat(of("PK\u0003").list()).isEmpty();
    }

    @Test
    void timesAreInUtcWhereTheySayTheirZone() throws IOException {
        assertThat(shown("2017-05-03T10:20:30+02:00"))
                .isEqualTo("<time datetime=\"2017-05-03T08:20:30Z\">3 May 2017, 08:20:30 UTC</time>");
        assertThat(shown("2017-05-03T10:20:30.1234567"))
                .isEqualTo("<time datetime=\"2017-05-03T10:20:30.123456700\">3 May 2017, 10:20:30"
                        + " (time zone not said)</time>");
        assertThat(shown("2017-05-03")).isEqualTo("<time datetime=\"2017-05-03\">3 May 2017</time>");
        assertThat(shown("2017-02-31")).isEqualTo("<bdi>2017-02-31</bdi>");
        assertThat(shown("0001-01-01T00:00:00")).isEqualTo("<bdi>0001-01-01T00:00:00</bdi>");
    }

    @Test
    void linesOfATextStayLines() throws IOException {
        assertThat(shown("<a>\r\nb\u0007")).isEqualTo("<bdi>&lt;a&gt;\nb\uFFFD</bdi>");
    }
}
