package io.dsrbroker.job;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Puts work into db-scheduler's table within the caller's transaction and tells every replica of it.
 *
 * <p>The scheduler's own client cannot: its {@code scheduleIfNotExists} blocks a concurrent transaction and then aborts
 * it, and it wakes nobody outside its own JVM.
 */
@Component
public class WorkQueue {

    /** The name under which db-scheduler knows the lanes. */
    public static final String LANE = "lane";

    /** The channel on which names of lanes with new work are told. */
    public static final String CHANNEL = "dsr_work";

    private final JdbcClient jdbc;

    WorkQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Makes sure that these lanes exist (name to upstream), and wakes them when the transaction commits. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void wake(Map<String, String> lanes) {
        if (lanes.isEmpty()) {
            return;
        }
        // In order of their names, so that two transactions cannot wait for each other.
        Map<String, String> ordered = new TreeMap<>(lanes);
        jdbc.sql("""
                insert into lane (name, upstream)
                select name, upstream from unnest(:names, :upstreams) as l(name, upstream)
                where not exists (select from lane x where x.name = l.name)
                on conflict do nothing
                """)
                .param("names", ordered.keySet().toArray(String[]::new))
                .param("upstreams", ordered.values().toArray(String[]::new))
                .update();
        schedule(LANE, ordered.keySet());
    }

    /** Wakes lanes that exist. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void notifyLanes(Collection<String> lanes) {
        new TreeSet<>(lanes).forEach(lane -> tell(LANE, lane));
    }

    /** Makes sure that an execution of this instance is due. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void schedule(String work, Collection<String> instances) {
        TreeSet<String> ordered = new TreeSet<>(instances);
        jdbc.sql("""
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version, priority)
                select :work, i, now(), false, 1, 0 from unnest(:instances) as i
                where not exists (select from scheduled_tasks s where s.task_name = :work and s.task_instance = i)
                on conflict do nothing
                """)
                .param("work", work)
                .param("instances", ordered.toArray(String[]::new))
                .update();
        ordered.forEach(instance -> tell(work, instance));
    }

    private void tell(String work, String instance) {
        jdbc.sql("select pg_notify(:channel, :message)")
                .param("channel", CHANNEL)
                .param("message", work + " " + instance)
                .query((row, number) -> number)
                .list();
    }
}
