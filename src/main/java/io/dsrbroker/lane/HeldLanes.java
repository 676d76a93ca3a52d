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

    private final Map<String, Held> lanes = new ConcurrentHashMap<>();

    private record Held(Gate gate, LaneSlice slice) {}

    void hold(String lane, Gate gate, LaneSlice slice) {
        lanes.put(lane, new Held(gate, slice));
    }

    /** Not what this replica has begun with the lane since. */
    void release(String lane, Gate gate, LaneSlice slice) {
        lanes.remove(lane, new Held(gate, slice));
    }

    /** There may be something to do on this lane. */
    void nudge(String lane) {
        Held held = lanes.get(lane);
        if (held != null) {
            held.slice().nudge();
        }
    }

    /** All of them are to be given back: nothing more is sent, and none rests. */
    void stopAll() {
        lanes.values().forEach(held -> {
            held.gate().stop();
            held.slice().nudge();
        });
    }

    @Override
    public void onExecutionFailedHeartbeat(CurrentlyExecuting execution) {
        if (!execution.getTaskInstance().getTaskName().equals(WorkQueue.LANE)) {
            return;
        }
        String lane = execution.getTaskInstance().getId();
        Held held = lanes.get(lane);
        if (held != null) {
            log.warn("Lane {} missed a heartbeat; nothing more is sent until it is taken anew", lane);
            held.gate().close();
            held.slice().nudge();
        }
    }
}
