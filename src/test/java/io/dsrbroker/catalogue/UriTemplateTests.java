package io.dsrbroker.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTemplateTests {

    @ParameterizedTest
    @CsvSource({
        "outputs/model.pkl, outputs/model.pkl",
        "a b/c+d, a%20b/c%2Bd",
        "über/日本.txt, %C3%BCber/%E6%97%A5%E6%9C%AC.txt",
        "100%/x?y#z&w, 100%25/x%3Fy%23z%26w",
        "../../secret, %2E%2E/%2E%2E/secret",
        "'a//b', a//b",
        "'{x}', %7Bx%7D"
    })
    void pathIsEncodedSegmentBySegment(String path, String encoded) {
        UriTemplate template = new UriTemplate("/contentinfo/{path}", Set.of("path"));
        String url = template.expand(Map.of("path", path));
        assertThat(url).isEqualTo("/contentinfo/" + encoded);
        assertThat(URI.create("http://host" + url).getRawPath()).isEqualTo(url);
    }

    @Test
    @DisplayName("T10: a slash in a value stays within its segment")
    void valueCannotLeaveItsSegment() {
        assertThat(new UriTemplate("/runs/{run}", Set.of()).expand(Map.of("run", "a/b?c=d")))
                .isEqualTo("/runs/a%2Fb%3Fc%3Dd");
    }

    @Test
    void filterKeepsItsDollarAndEncodesSpacesAndQuotes() {
        assertThat(new UriTemplate("/entities?$filter=author/id eq '{author}'", Set.of())
                        .expand(Map.of("author", "x' or 1 eq 1")))
                .isEqualTo("/entities?$filter=author/id%20eq%20%27x%27%20or%201%20eq%201%27");
    }

    @Test
    void missingVariableIsNamed() {
        assertThatThrownBy(() -> new UriTemplate("/{location}", Set.of()).expand(Map.of()))
                .isInstanceOfSatisfying(
                        UriTemplate.MissingVariable.class,
                        missing -> assertThat(missing.variable()).isEqualTo("location"));
    }
}
