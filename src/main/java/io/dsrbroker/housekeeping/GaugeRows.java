package io.dsrbroker.housekeeping;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A gauge whose rows come and go with what is sampled; one that stays is never absent in between, as a MultiGauge's is. */
final class GaugeRows {

    private final MeterRegistry registry;
    private final String name;
    private final @Nullable String unit;
    private final String description;
    private final Map<Tags, Row> rows = new HashMap<>();

    GaugeRows(MeterRegistry registry, String name, @Nullable String unit, String description) {
        this.registry = registry;
        this.name = name;
        this.unit = unit;
        this.description = description;
    }

    private record Row(Gauge gauge, AtomicReference<Double> value) {}

    /** Shows these values and no others. */
    void show(Map<Tags, Double> values) {
        values.forEach(
                (tags, value) -> rows.computeIfAbsent(tags, this::row).value.set(value));
        rows.entrySet().removeIf(row -> {
            boolean gone = !values.containsKey(row.getKey());
            if (gone) {
                registry.remove(row.getValue().gauge());
            }
            return gone;
        });
    }

    private Row row(Tags tags) {
        AtomicReference<Double> value = new AtomicReference<>(0.0);
        Gauge gauge = Gauge.builder(name, value, AtomicReference::get)
                .description(description)
                .baseUnit(unit)
                .tags(tags)
                .register(registry);
        return new Row(gauge, value);
    }
}
