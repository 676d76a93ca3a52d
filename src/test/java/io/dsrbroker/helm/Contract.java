package io.dsrbroker.helm;

import java.util.Set;

/** The metrics that alerts and dashboard may use: those which the broker promises
 * (the same as in docs/metrics.md), and those which come with Spring Boot. */
final class Contract {

    /** The broker's own, by the names under which Prometheus knows them. */
    static final Set<String> OURS = Set.of(
            "dsr_jobs",
            "dsr_jobs_held",
            "dsr_jobs_due",
            "dsr_jobs_ended_total",
            "dsr_jobs_exceptions",
            "dsr_tasks",
            "dsr_backlog_age_seconds",
            "dsr_tasks_settled_total",
            "dsr_tasks_needs_action",
            "dsr_tasks_poisoned_total",
            "dsr_lane_state",
            "dsr_lane_ready",
            "dsr_lane_rate",
            "dsr_lane_paused_seconds",
            "dsr_lane_takings_total",
            "dsr_upstream_calls_seconds_count",
            "dsr_upstream_calls_seconds_sum",
            "dsr_upstream_calls_seconds_max",
            "dsr_callbacks",
            "dsr_vault_failures_total",
            "dsr_audit_verification",
            "dsr_audit_checkpoint_age_seconds",
            "dsr_database_dead_tuples",
            "dsr_database_live_tuples",
            "dsr_store_free_bytes",
            "dsr_sample_age_seconds");

    /** Spring Boot's, as far as they are used. */
    static final Set<String> BOOTS = Set.of(
            "process_uptime_seconds",
            "process_cpu_usage",
            "application_ready_time_seconds",
            "http_server_requests_seconds_count",
            "http_server_requests_seconds_sum",
            "http_server_requests_seconds_max",
            "hikaricp_connections_active",
            "hikaricp_connections_pending",
            "hikaricp_connections_max",
            "jvm_memory_used_bytes",
            "jvm_memory_max_bytes",
            "jvm_gc_pause_seconds_sum");

    private Contract() {}

    static boolean holds(String metric) {
        return OURS.contains(metric) || BOOTS.contains(metric);
    }
}
