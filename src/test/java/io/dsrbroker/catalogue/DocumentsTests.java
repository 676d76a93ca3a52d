package io.dsrbroker.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DocumentsTests {

    private final JsonMapper json = new JsonMapper();

    @Test
    @DisplayName("T8: keys match whatever their case")
    void keysMatchWhateverTheirCase() {
        JsonNode document = json.readTree("{\"ID\":\"a\",\"Created\":{\"UserName\":\"b\"}}");
        assertThat(Documents.text(document, List.of("/id"))).contains("a");
        assertThat(Documents.text(document, List.of("/created/userName"))).contains("b");
    }

    @Test
    void exactKeyWinsOverOneInAnotherCase() {
        assertThat(Documents.text(json.readTree("{\"ID\":\"a\",\"id\":\"b\"}"), List.of("/id")))
                .contains("b");
    }

    @Test
    void blankValueIsNone() {
        assertThat(Documents.text(json.readTree("{\"a\":\"\",\"b\":7}"), List.of("/a", "/b")))
                .contains("7");
    }

    @Test
    @DisplayName("§3 Case: segments of ids are found whatever their case")
    void segmentAfterIsFoundWhateverItsCase() {
        Capture capture = new Capture(List.of("/id"), "resourceGroups", null);
        assertThat(Documents.capture(capture, json.readTree("{\"id\":\"/subscriptions/s/resourcegroups/RG/x\"}")))
                .contains("RG");
    }

    @Test
    @DisplayName("T17: the name of a location becomes that of its hosts")
    void locationIsSqueezed() {
        assertThat(Documents.squeezed("East US 2 EUAP")).isEqualTo("eastus2euap");
    }

    @Test
    void whatPostgresqlCannotKeepIsReplaced() {
        assertThat(Documents.clean("a\u0000b\ud800c\ud83d\ude00")).isEqualTo("a\ufffdb\ufffdc\ud83d\ude00");
    }
}
