package io.dsrbroker.console;

import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.JobViews.JobView;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.Stage;
import io.dsrbroker.job.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Says things as people do; all times in UTC. */
public final class Words {

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final Duration SOON = Duration.ofDays(7);

    private final Instant now;

    Words(Instant now) {
        this.now = now;
    }

    /** A moment, to the minute. */
    public String time(@Nullable Instant at) {
        return at == null ? "–" : TIME.format(at) + " UTC";
    }

    /** A day. */
    public String day(Instant at) {
        return DAY.format(at);
    }

    /** How urgent a request is: {@code ended}, {@code overdue}, {@code soon} or {@code fine}. */
    public String light(JobSummary job) {
        if (job.stage().ended()) {
            return "ended";
        }
        Duration left = Duration.between(now, job.dueAt());
        return left.isNegative() ? "overdue" : left.compareTo(SOON) < 0 ? "soon" : "fine";
    }

    /** How long there is until a request is due. */
    public String due(JobSummary job) {
        Instant finished = job.finishedAt();
        if (finished != null) {
            return finished.isAfter(job.dueAt()) ? "ended after it was due" : "ended in time";
        }
        Duration left = Duration.between(now, job.dueAt());
        long days = left.abs().toDays();
        String span = days == 0 ? left.abs().toHours() + " h" : days == 1 ? "1 day" : days + " days";
        return left.isNegative() ? "overdue by " + span : span + " left";
    }

    /** How much of what is to be done has been done, in percent; 100 once it has ended. */
    public long percent(JobView view) {
        if (view.job().stage().ended()) {
            return 100;
        }
        long total = view.total();
        return total == 0 ? 0 : Math.min(99, 100 * done(view) / total);
    }

    /** How many of its resources have ended. */
    public long done(JobView view) {
        return view.counts().entrySet().stream()
                .filter(count -> count.getKey().terminal())
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** A stage. */
    public String stage(Stage stage) {
        return switch (stage) {
            case RECEIVED -> "Received";
            case PLANNING -> "Looking for data";
            case AWAITING_APPROVAL -> "Awaiting approval";
            case IN_PROGRESS -> "In progress";
            case VERIFYING -> "Verifying";
            case COMPLETED -> "Completed";
            case COMPLETED_WITH_EXCEPTIONS -> "Completed with exceptions";
            case FAILED -> "Failed";
            case DENIED -> "Denied";
            case CANCELLED -> "Cancelled";
        };
    }

    /** How a stage is coloured: {@code good}, {@code bad}, {@code waits} or {@code works}. */
    public String mood(Stage stage) {
        return switch (stage) {
            case COMPLETED -> "good";
            case COMPLETED_WITH_EXCEPTIONS, FAILED -> "bad";
            case AWAITING_APPROVAL -> "waits";
            case RECEIVED, PLANNING, IN_PROGRESS, VERIFYING -> "works";
            case DENIED, CANCELLED -> "still";
        };
    }

    /** How a state is coloured; as {@link #mood(Stage)}. */
    public String mood(TaskState state) {
        if (state.good()) {
            return "good";
        }
        if (state.exception()) {
            return "bad";
        }
        return state == TaskState.NEEDS_ACTION ? "waits" : state.terminal() ? "still" : "works";
    }

    /** A state or any other constant: its name in small letters. */
    public String plain(@Nullable Object constant) {
        if (constant == null) {
            return "–";
        }
        String words =
                constant.toString().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** A reason, if there is one. */
    public String reason(@Nullable Reason reason) {
        return reason == null ? "" : plain(reason);
    }

    /** What was just done, by the last segment of its path; null where nothing was. */
    public @Nullable String outcome(@Nullable String action) {
        return switch (action == null ? "" : action) {
            case "approval" -> "The plan is approved.";
            case "denial" -> "The request is denied.";
            case "decisions" -> "The decision is kept.";
            case "hold" -> "The request is on hold.";
            case "release" -> "The request is released.";
            case "cancellation" -> "The request is cancelled.";
            case "extension" -> "The deadline is extended.";
            case "retry" -> "It is tried again.";
            case "confirmation" -> "The confirmation is kept; the broker looks whether it is gone.";
            case "pause" -> "The lane is paused.";
            case "resume" -> "The lane goes on.";
            default -> null;
        };
    }

    /** A number with thousands set apart. */
    public String number(long number) {
        return String.format(Locale.ENGLISH, "%,d", number);
    }
}
