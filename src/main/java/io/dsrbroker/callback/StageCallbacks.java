package io.dsrbroker.callback;

import io.dsrbroker.job.Portals;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.StageChanged;
import io.dsrbroker.job.WorkQueue;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.shared.Uuids;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Writes a callback down in the transaction that changes the stage: both happen, or neither. */
@Component
class StageCallbacks {

    private final Portals portals;
    private final CallbackRows rows;
    private final WorkQueue queue;
    private final JsonMapper json;

    StageCallbacks(Portals portals, CallbackRows rows, WorkQueue queue, JsonMapper json) {
        this.portals = portals;
        this.rows = rows;
        this.queue = queue;
        this.json = json;
    }

    @EventListener
    @Transactional(propagation = Propagation.MANDATORY)
    void tell(StageChanged change) {
        if (change.stage() == Stage.RECEIVED) {
            // Whoever sent the request knows.
            return;
        }
        Portals.Portal portal = portals.find(change.job()).orElseThrow();
        String host = portal.host();
        if (host == null) {
            return;
        }
        rows.keep(host);
        if (rows.add(id(change.job(), change.seq()), change, host, body(change, portal.externalId()))) {
            queue.schedule(CallbackTask.NAME, List.of(host));
        }
    }

    private static java.util.UUID id(JobId job, int seq) {
        return Uuids.derived(job.value(), "callback", String.valueOf(seq));
    }

    private String body(StageChanged change, @Nullable String externalId) {
        Map<String, @Nullable Object> data = new LinkedHashMap<>();
        data.put("requestId", change.job().toString());
        data.put("externalId", externalId);
        data.put("stage", change.stage().name());
        data.put("status", change.stage().status().name());
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("type", "request.stage-changed");
        body.put("timestamp", change.at().toString());
        body.put("data", data);
        return json.writeValueAsString(body);
    }
}
