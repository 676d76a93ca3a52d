package io.dsrbroker.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.catalogue.Catalogue;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.mock.env.MockEnvironment;

/** Every start is one with these settings. */
class SettingsRecordTests extends AuditModule {

    private void starts(String catalogue, String burst) {
        MockEnvironment environment = new MockEnvironment().withProperty("dsr.lanes.arm.read-burst", burst);
        EffectiveSettings settings =
                new EffectiveSettings(environment, new Catalogue(catalogue, Map.of(), Map.of(), List.of()));
        transaction.executeWithoutResult(
                status -> new SettingsRecord(entries, settings, events).run(new DefaultApplicationArguments()));
    }

    @Test
    void onlyWhatHasChangedSinceTheStartBeforeIsWrittenDown() {
        starts("one", "250");
        starts("one", "250");
        starts("two", "250");
        starts("two", "300");
        List<AuditEntry> chain = entries.after(AuditEntries.BROKER, 0, 100);
        assertThat(chain)
                .extracting(entry -> entry.detail().get("changed"))
                .containsExactly(
                        Map.of("catalogue", Map.of("after", "one"), "dsr.lanes.arm.read-burst", Map.of("after", "250")),
                        Map.of("catalogue", Map.of("before", "one", "after", "two")),
                        Map.of("dsr.lanes.arm.read-burst", Map.of("before", "250", "after", "300")));
        assertThat(found()).isEmpty();
    }
}
