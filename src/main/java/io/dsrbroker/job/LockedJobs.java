package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Jobs on which somebody acts: locked until the transaction ends, so that of two who act at once one comes after the other. */
@Component
@Transactional(propagation = Propagation.MANDATORY)
class LockedJobs {

    private final Jobs jobs;
    private final JdbcClient jdbc;
    private final Progress progress;
    private final Transitions transitions;
    private final ApprovalRows approvals;
    private final Wording wording;
    private final ApplicationEventPublisher events;

    LockedJobs(
            Jobs jobs,
            JdbcClient jdbc,
            Progress progress,
            Transitions transitions,
            ApprovalRows approvals,
            Wording wording,
            ApplicationEventPublisher events) {
        this.jobs = jobs;
        this.jdbc = jdbc;
        this.progress = progress;
        this.transitions = transitions;
        this.approvals = approvals;
        this.wording = wording;
        this.events = events;
    }

    Job get(JobId id) {
        return jobs.findByIdForUpdate(id.value()).orElseThrow(() -> new NoSuchJob(id));
    }

    /** What a person wrote about a job, without the subject's identifiers. */
    String clean(Job job, String text) {
        return wording.clean(job, text);
    }

    void tell(Job job, Caller caller, String action, Map<String, Object> detail) {
        events.publishEvent(new Acted(job.id(), caller, action, detail));
    }

    void bringUpToDate(Job job) {
        jobs.flush();
        progress.reconsider(job);
    }

    /** Ends a job at once. What had begun to be destroyed stays told: then it ends as what it came to. */
    void stop(Job job, Stage end) {
        jdbc.sql("""
                update task set state = 'CANCELLED', reason = null, detail = null, next_step = null, finished_at = now(),
                                next_attempt_at = null
                where job_id = :job and finished_at is null
                """).param("job", job.id().value()).update();
        if (job.destructive()) {
            approvals.invalidate(job.id());
            job.enter(Phase.DELETING);
            bringUpToDate(job);
        } else {
            transitions.enter(job, end);
        }
    }
}
