package io.dsrbroker.lane;

import com.github.kagkarlsson.scheduler.CurrentlyExecuting;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import io.dsrbroker.job.WorkQueue;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** The lanes that this replica holds now; stops one whose heartbeat fails, because another replica may take it. */
@Component
class HeldLanes extends AbstractSchedulerListener {

    private static final Logger log = LoggerFactory.getLogger(HeldLanes.class);

    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    void hold(String lane, Gate gate) {
        gates.put(lane, gate);
    }

    void release(String lane) {
        gates.remove(lane);
    }

    @Override
    public void onExecutionFailedHeartbeat(CurrentlyExecuting execution) {
        if (!execution.getTaskInstance().getTaskName().equals(WorkQueue.LANE)) {
            return;
        }
        String lane = execution.getTaskInstance().getId();
        Gate gate = gates.get(lane);
        if (gate != null) {
            log.warn("Lane {} missed a heartbeat; nothing more is sent until it is taken anew", lane);
            gate.close();
        }
    }
}
