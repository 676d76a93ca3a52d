package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A task that a lane may work on now.
 *
 * @param place where it lies
 * @param key of the resource; of a DISCOVER task the origin, if any
 * @param step which of its calls comes next, from 0
 * @param cursor sealed place to go on from, in Base64
 * @param attempts how often it was tried
 * @param failingSince since when every try has failed
 * @param found what a DISCOVER task has found so far
 * @param phase of its job, when it is a delete
 * @param pass how often its job has looked for what there is
 * @param awaited whether the upstream works on it, and is to be asked how far it is
 * @param crashes how often a replica died while it worked on it
 * @param verifying of a DISCOVER task whose list is read again to prove absence: the readings due by then count
 * @param readable whether what it and its place are called could be opened
 */
public record ClaimedTask(
        JobId job,
        UUID id,
        Place place,
        TaskKind kind,
        String type,
        @Nullable String key,
        @Nullable Owner owner,
        int step,
        @Nullable String cursor,
        int attempts,
        @Nullable Instant failingSince,
        Found found,
        @Nullable Phase phase,
        int pass,
        boolean awaited,
        int crashes,
        @Nullable Instant verifying,
        boolean readable) {

    /** With what it, and the place where it lies, are called. */
    ClaimedTask opened(Map<String, String> variables, String path, @Nullable String name) {
        Place open = new Place(
                place.id(), place.target(), place.owner(), place.decision(), variables, path, place.remover());
        return new ClaimedTask(
                job,
                id,
                open,
                kind,
                type,
                name,
                owner,
                step,
                cursor,
                attempts,
                failingSince,
                found,
                phase,
                pass,
                awaited,
                crashes,
                verifying,
                true);
    }

    /** The place in the vault of its cursor. */
    public String cursorPlace() {
        return "task/" + id + "/cursor";
    }
}
