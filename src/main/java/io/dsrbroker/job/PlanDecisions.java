package io.dsrbroker.job;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Changes a proposed plan by what a person decided about things of unknown owner. */
@Component
class PlanDecisions {

    private final JdbcClient jdbc;
    private final Plans plans;
    private final PlanTasks tasks;
    private final ApplicationEventPublisher events;
    private final String[] deletable;

    PlanDecisions(
            JdbcClient jdbc, Plans plans, PlanTasks tasks, ApplicationEventPublisher events, Catalogue catalogue) {
        this.jdbc = jdbc;
        this.plans = plans;
        this.tasks = tasks;
        this.events = events;
        this.deletable = catalogue.types().values().stream()
                .filter(type -> type.delete() != null)
                .map(ResourceType::name)
                .toArray(String[]::new);
    }

    /** Plans these resources as decided; the plan has a new hash then. */
    void decide(Job job, Set<UUID> decided, Decision decision) {
        if (decided.isEmpty()) {
            return;
        }
        jdbc.sql("""
                update plan_item
                set decision = :decision,
                    action = case when :include and type = any(:deletable) then 'DELETE' else 'SKIPPED' end,
                    reason = case when not :include then 'EXCLUDED'
                                  when type = any(:deletable) then null else 'NO_OWN_DELETE' end
                where job_id = :job and task_id = any(:tasks) and reason = 'OWNER_UNKNOWN'
                """)
                .param("decision", decision.name())
                .param("include", decision == Decision.INCLUDE)
                .param("deletable", deletable)
                .param("job", job.id().value())
                .param("tasks", decided.toArray(UUID[]::new))
                .update();
        String hash = plans.rehash(job);
        tasks.align(job);
        events.publishEvent(new Acted(job.id(), Caller.SYSTEM, "plan-proposed", Map.of("planHash", hash)));
    }
}
