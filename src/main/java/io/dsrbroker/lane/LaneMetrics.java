package io.dsrbroker.lane;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.job.EndedTasks;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** The figures of the lanes that this replica counts itself; {@code docs/metrics.md} says what each means. */
@Component
class LaneMetrics {

    private static final String UPSTREAM = "upstream";

    private final MeterRegistry registry;
    private final Counter poisoned;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();

    /** What never happened is 0: Prometheus sees no increase in a counter that begins with its first. */
    LaneMetrics(MeterRegistry registry, Catalogue catalogue) {
        this.registry = registry;
        this.poisoned = Counter.builder("dsr.tasks.poisoned")
                .description("Tasks set aside because replicas died with them again and again")
                .register(registry);
        Stream.concat(catalogue.upstreams().keySet().stream(), Stream.of(ContentFetching.UPSTREAM))
                .forEach(upstream -> {
                    takings(upstream, false);
                    takings(upstream, true);
                });
    }

    /** What was sent on a lane lately. */
    record Sent(Recent reads, Recent deletes) {}

    void settled(List<EndedTasks> tasks) {
        tasks.forEach(ended -> Counter.builder("dsr.tasks.settled")
                .description("Tasks that a lane of this replica brought to an end")
                .tag(UPSTREAM, ended.upstream())
                .tag("kind", ended.kind().name())
                .tag("state", ended.state().name())
                .register(registry)
                .increment((double) ended.count()));
    }

    /** A lane was taken; from a holder that had died, where {@code over} says so. */
    void taken(String upstream, LaneClaims.TakenOver over) {
        takings(upstream, over.died()).increment();
        poisoned.increment((double) over.quarantined());
    }

    private Counter takings(String upstream, boolean takenOver) {
        return Counter.builder("dsr.lane.takings")
                .description("Lanes that this replica has taken")
                .tag(UPSTREAM, upstream)
                .tag("cause", takenOver ? "takeover" : "idle")
                .register(registry);
    }

    /** Where calls of a lane are counted; those of all hosts of content in one place. */
    Sent sent(String lane, String upstream) {
        String label = upstream.equals(ContentFetching.UPSTREAM) ? upstream : lane;
        return sent.computeIfAbsent(label, name -> {
            Sent calls = new Sent(new Recent(System::nanoTime), new Recent(System::nanoTime));
            rate(name, upstream, "read", calls.reads());
            rate(name, upstream, "delete", calls.deletes());
            return calls;
        });
    }

    private void rate(String lane, String upstream, String operation, Recent calls) {
        Gauge.builder("dsr.lane.rate", calls, Recent::perSecond)
                .description("Calls a second that this replica sent in the last minute")
                .tag("lane", lane)
                .tag(UPSTREAM, upstream)
                .tag("operation", operation)
                .register(registry);
    }
}
