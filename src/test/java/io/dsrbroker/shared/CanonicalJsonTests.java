package io.dsrbroker.shared;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class CanonicalJsonTests {

    @Test
    void writesValuesWithoutWhiteSpace() {
        assertThat(CanonicalJson.of(Arrays.asList("a", 1, -2L, BigInteger.TEN, true, false, null, List.of(), Map.of())))
                .isEqualTo("[\"a\",1,-2,10,true,false,null,[],{}]");
    }

    @Test
    void sortsNamesByUtf16CodeUnits() {
        // The example of RFC 8785, section 3.2.3.
        Map<String, Object> members = Map.of(
                "\u20ac", "Euro Sign",
                "\r", "Carriage Return",
                "\ufb33", "Hebrew Letter Dalet With Dagesh",
                "1", "One",
                "\ud83d\ude00", "Emoji: Grinning Face",
                "\u0080", "Control",
                "\u00f6", "Latin Small Letter O With Diaeresis");
        assertThat(CanonicalJson.of(members))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    @Test
    void sortsNamesInEveryDepth() {
        assertThat(CanonicalJson.of(Map.of("b", List.of(Map.of("d", 1, "c", 2)), "a", Map.of("f", 3, "e", 4))))
                .isEqualTo("{\"a\":{\"e\":4,\"f\":3},\"b\":[{\"c\":2,\"d\":1}]}");
    }

    @Test
    void escapesOnlyWhatMustBe() {
        assertThat(CanonicalJson.of("\u20ac$\u000f\nA'B\"\\\"/")).isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\"/\"");
        assertThat(CanonicalJson.of("\u0000\u0008\u0009\f\u000b\u001f\u007f\u2028 </é😀"))
                .isEqualTo("\"\\u0000\\b\\t\\f\\u000b\\u001f\u007f\u2028 </é😀\"");
    }

    @Test
    void everyControlCharacterReadsBack() {
        for (char control = 0; control < 0x20; control++) {
            String text = "a" + control + "b";
            String canonical = CanonicalJson.of(text);
            assertThat(canonical).doesNotContain(String.valueOf(control));
            assertThat(JsonMapper.shared().readValue(canonical, String.class)).isEqualTo(text);
        }
    }

    @Test
    void refusesWhatMayReadBackDifferently() {
        assertThat(CanonicalJson.of(9007199254740991L)).isEqualTo("9007199254740991");
        for (Object value : List.of(1.5, 9007199254740992L, -9007199254740992L, "\ud800", 'a')) {
            assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.of(value));
        }
    }
}
