package io.dsrbroker.export;

import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TargetKind;
import io.dsrbroker.job.TaskState;
import java.util.Map;

/** The broker's terms in the words of the person who receives the package. */
final class PlainWords {

    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("gallery-user", "Gallery profile"),
            Map.entry("gallery-entity", "Things published in the Gallery"),
            Map.entry("hosting-account", "Hosting accounts"),
            Map.entry("model", "Models"),
            Map.entry("manifest", "Packing lists of models"),
            Map.entry("image", "Models packed for use"),
            Map.entry("service", "Web services"),
            Map.entry("experimentation-account", "Experimentation accounts"),
            Map.entry("experimentation-workspace", "Workspaces"),
            Map.entry("project", "Projects"),
            Map.entry("run", "Training runs"),
            Map.entry("experiment", "Experiments"),
            Map.entry("run-metric", "Measurements of runs"),
            Map.entry("run-artifact", "Records of files made by runs"),
            Map.entry("artifact", "Records of stored files"),
            Map.entry("artifact-content", "Files made by runs"),
            Map.entry("asset", "Registered results of runs"),
            Map.entry("notification-job", "Notifications"),
            Map.entry("compute", "Computing resources"),
            Map.entry("operationalization-cluster", "Clusters that run models"));

    private static final Map<String, String> ABOUT = Map.ofEntries(
            Map.entry("gallery-user", "What the Gallery shows about you."),
            Map.entry("gallery-entity", "Experiments, tutorials and other things under your name in the Gallery."),
            Map.entry("model", "What a training produced, kept so that it can be used."),
            Map.entry("manifest", "Which files and settings belong to a model."),
            Map.entry("image", "A model together with the programs that it needs."),
            Map.entry("service", "Models that others can ask over the internet."),
            Map.entry("run", "Each time that a program was run to train or test a model."),
            Map.entry("experiment", "Names under which runs belong together."),
            Map.entry("run-metric", "Figures that a run noted, such as how exact a model is."),
            Map.entry("run-artifact", "What the service notes about each file that a run made."),
            Map.entry("artifact", "What the service notes about each file that it keeps."),
            Map.entry("artifact-content", "The files themselves, unchanged."),
            Map.entry("asset", "Files of a run that were given a name, to be found again."),
            Map.entry("notification-job", "Messages that the service was to send you."),
            Map.entry("compute", "Machines that were used for the work."),
            Map.entry("operationalization-cluster", "Groups of machines on which models run."));

    private PlainWords() {}

    /** A sentence about things of a type; empty where the heading says all. */
    static String about(String type) {
        return ABOUT.getOrDefault(type, "");
    }

    /** The heading for things of a type. */
    static String type(String type) {
        String known = TYPES.get(type);
        if (known != null) {
            return known;
        }
        String words = type.replace('-', ' ').replace('_', ' ');
        return words.isEmpty() ? "Other" : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }

    /** What a target is. */
    static String kind(TargetKind kind) {
        return switch (kind) {
            case GALLERY_AUTHOR -> "Azure AI Gallery";
            case HOSTING_ACCOUNT -> "Account for hosting models";
            case EXPERIMENTATION_ACCOUNT -> "Account for machine-learning experiments";
            case ML_WORKSPACE -> "Machine-learning workspace";
            case RESOURCE_GROUP -> "Resource group with clusters";
            case SUBSCRIPTION -> "Azure subscription";
        };
    }

    /** What became of a thing. */
    static String state(TaskState state) {
        return switch (state) {
            case BLOCKED, READY, RUNNING, AWAITING_UPSTREAM, VERIFYING, RETRY_WAIT, NEEDS_ACTION -> "Not finished";
            case DISCOVERED -> "Looked through";
            case EXPORTED -> "Included";
            case DELETED -> "Deleted";
            case ABSENT -> "No longer there";
            case COVERED -> "Deleted together with what it lay in";
            case CONFIRMED -> "Done by hand";
            case OUT_OF_SCOPE -> "Cannot be reached";
            case INCOMPLETE -> "Perhaps incomplete";
            case UNVERIFIED -> "Not proven";
            case SKIPPED -> "Left out";
            case SOURCE_RETIRED -> "The service no longer exists";
            case FAILED -> "Could not be fetched";
            case CANCELLED -> "Stopped";
        };
    }

    /** Why. */
    static String reason(Reason reason) {
        return switch (reason) {
            case NO_IDENTIFIER -> "The request does not say under which name you are known there.";
            case TOKEN_MISSING -> "Without your Gallery access token only what is public can be seen.";
            case TOKEN_SUSPECT -> "Fewer things came than your profile counts.";
            case COUNT_UNKNOWN -> "It could not be checked whether everything came.";
            case OWNER_UNKNOWN -> "Nothing says whose it is.";
            case NO_OWN_DELETE -> "It would only go together with things of other people.";
            case CHILD_KEPT -> "Something in it stays, so it must stay too.";
            case EXPORT_INCOMPLETE -> "It could not be copied first, so it was not deleted.";
            case STILL_THERE -> "It was deleted, but the service still shows it.";
            case NOT_OFFERED -> "The service offers no way to delete it.";
            case IN_USE -> "Something else still uses it.";
            case BY_HAND -> "It can only be deleted by hand.";
            case EXCLUDED -> "It was decided to leave it out.";
            case CREDENTIALS_REJECTED, FORBIDDEN -> "We were not allowed to read it.";
            case LOCKED -> "It is locked.";
            case POISON -> "The answer could not be read.";
            case HOSTILE_URL -> "It points to a place from which we must not download.";
            case PROVIDER_GONE -> "The service was switched off.";
            case RETRIES_SPENT -> "It was tried again and again until the time was up.";
            case REJECTED -> "The service refused to hand it over.";
            case ABSENCE_UNPROVEN -> "The service did not find it, which does not prove that it is gone.";
            case LOCATION_UNKNOWN -> "Nothing says in which region it is kept.";
            case PAGING_LOOP -> "The service's list has no end.";
            case OPERATION_FAILED -> "The service began to delete it, and gave up.";
            case QUARANTINED -> "We could not process it.";
            case THROTTLED, UPSTREAM_UNAVAILABLE -> "The service did not answer.";
        };
    }
}
