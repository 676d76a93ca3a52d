package io.dsrbroker.housekeeping;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The figures that are sampled from the database; {@code docs/metrics.md} says what each means. */
@Component
class HousekeepingMetrics {

    private static final String SECONDS = "seconds";

    private final MeterRegistry registry;
    private final Map<String, GaugeRows> gauges = new LinkedHashMap<>();
    private volatile long sampledAt = System.nanoTime();

    HousekeepingMetrics(MeterRegistry registry) {
        this.registry = registry;
        gauge("dsr.jobs", null, "Jobs that have not ended");
        gauge("dsr.jobs.held", null, "Open jobs on hold");
        gauge("dsr.jobs.due", null, "Open jobs by the time left until they are due");
        gauge("dsr.jobs.exceptions", null, "Tasks that did not end good, of jobs open or ended within 30 days");
        gauge("dsr.callbacks", null, "Callbacks not yet delivered, or given up");
        gauge("dsr.tasks", null, "Tasks that have not ended");
        gauge("dsr.tasks.needs.action", null, "Tasks that wait for a person");
        gauge("dsr.backlog.age", SECONDS, "Age of the oldest task that could be worked on");
        gauge("dsr.lane.state", null, "1 for the state that a lane is in");
        gauge("dsr.lane.ready", null, "READY tasks of a lane");
        gauge("dsr.lane.paused", SECONDS, "Time until a paused lane goes on");
        gauge("dsr.audit.checkpoint.age", SECONDS, "Age of the newest checkpoint while entries wait to be signed");
        gauge("dsr.database.dead.tuples", null, "Rows that wait for vacuum");
        gauge("dsr.database.live.tuples", null, "Rows that live");
        Gauge.builder("dsr.sample.age", this, HousekeepingMetrics::secondsSinceSampled)
                .description("Time since this replica last sampled the database")
                .baseUnit(SECONDS)
                .register(registry);
    }

    private void gauge(String name, @Nullable String unit, String description) {
        gauges.put(name, new GaugeRows(registry, name, unit, description));
    }

    private double secondsSinceSampled() {
        return (System.nanoTime() - sampledAt) / 1e9;
    }

    /** Shows what a query said of these gauges; other gauges stay as they are. */
    void show(Set<String> names, List<Figure> figures) {
        Map<String, Map<Tags, Double>> values = figures.stream()
                .collect(Collectors.groupingBy(
                        Figure::gauge, HashMap::new, Collectors.toMap(Figure::tags, Figure::value)));
        names.forEach(name -> rows(name).show(values.getOrDefault(name, Map.of())));
    }

    private GaugeRows rows(String name) {
        GaugeRows rows = gauges.get(name);
        if (rows == null) {
            throw new IllegalArgumentException("No gauge " + name);
        }
        return rows;
    }

    /** All of them were sampled. */
    void sampled() {
        sampledAt = System.nanoTime();
    }
}
