package io.dsrbroker.lane;

import io.dsrbroker.upstream.UpstreamClient;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Looks once for the work of a lane that does not exist, and fetches tokens: classes are loaded then, so that a fresh
 * replica takes over as quickly as an old one.
 */
@Component
@ConditionalOnBooleanProperty(name = "db-scheduler.enabled", matchIfMissing = true)
class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
    private static final String NO_LANE = "";

    private final Claims.Sources sources;
    private final LaneRows rows;
    private final UpstreamClient client;

    WarmUp(Claims.Sources sources, LaneRows rows, UpstreamClient client) {
        this.sources = sources;
        this.rows = rows;
        this.client = client;
    }

    @EventListener(ApplicationReadyEvent.class)
    void begin() {
        Thread.ofVirtual().name("warm-up").start(() -> {
            lookForNothing();
            client.prepare();
        });
    }

    private void lookForNothing() {
        try {
            rows.take(NO_LANE);
            sources.tasks().wakeRetries(NO_LANE);
            sources.tasks().ready(NO_LANE, Map.of(), 1, true, Set.of());
            sources.tasks().awaited(NO_LANE, 1, Set.of());
            sources.verifications().due(NO_LANE, 1, Set.of());
            rows.untilNextDue(NO_LANE);
        } catch (RuntimeException e) {
            log.debug("The first look failed; lanes are driven all the same", e);
        }
    }
}
