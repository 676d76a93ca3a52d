package io.dsrbroker.lane;

import io.dsrbroker.job.ClaimedTask;
import io.dsrbroker.job.Destructions;
import io.dsrbroker.job.Evidence;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Commits, as the lane's holder, that a DELETE is about to be sent. */
@Component
class Intents {

    private static final Logger log = LoggerFactory.getLogger(Intents.class);

    private final TransactionTemplate transaction;
    private final LaneRows lanes;
    private final Destructions destructions;

    Intents(TransactionTemplate transaction, LaneRows lanes, Destructions destructions) {
        this.transaction = transaction;
        this.lanes = lanes;
        this.destructions = destructions;
    }

    /** Answers whether the DELETE may be sent; then it is committed that it is. */
    boolean begin(String lane, long epoch, ClaimedTask task, Evidence intent) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            lanes.fence(lane, epoch);
            return !lanes.held(lane) && destructions.begin(task.job(), task.id(), intent);
        }));
    }

    /** What an earlier holder had begun is looked at first. */
    void recover(String lane, long epoch) {
        transaction.executeWithoutResult(status -> {
            lanes.fence(lane, epoch);
            int begun = destructions.recover(lane);
            if (begun > 0) {
                log.warn(
                        "Lane {}: {} deletions were begun and not ended; each is looked at, then repeated",
                        lane,
                        begun);
            }
        });
    }
}
