package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.helm.Expression.Selector;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The dashboard shows what the broker measures, all of it and nothing else. */
class DashboardTests {

    private static final JsonNode DASHBOARD =
            JsonMapper.shared().readTree(Chart.FOLDER.resolve("files/dashboard.json"));

    private static List<String> queries() {
        return DASHBOARD
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString())
                .toList();
    }

    private static List<Selector> selectors() {
        return queries().stream()
                .map(query -> query.replace("$__rate_interval", "5m"))
                .flatMap(query -> Expression.parse(query).selectors())
                .toList();
    }

    @Test
    void everyQueryUsesWhatIsPromised() {
        assertThat(selectors()).hasSizeGreaterThan(30).allSatisfy(selector -> {
            assertThat(Contract.holds(selector.metric())).as(selector.metric()).isTrue();
            assertThat(selector.conditions()).contains(new Expression.Condition("job", "=", "dsr-broker"));
        });
    }

    @Test
    void everyMetricOfTheBrokerIsShown() {
        assertThat(selectors().stream().map(Selector::metric).collect(Collectors.toSet()))
                .containsAll(Contract.OURS);
    }

    @Test
    void panelsAreApartAndSayWhatTheyShow() {
        Set<Integer> ids = new HashSet<>();
        Set<String> places = new HashSet<>();
        DASHBOARD.path("panels").forEach(panel -> {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("title").asString()).isNotBlank();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            assertThat(places.add(place.path("x") + "/" + place.path("y"))).isTrue();
            if (!panel.path("type").asString().equals("row")) {
                assertThat(panel.path("description").asString()).isNotBlank();
                assertThat(panel.path("datasource").path("uid").asString()).isEqualTo("${datasource}");
            }
        });
        assertThat(ids).hasSizeGreaterThan(30);
    }
}
