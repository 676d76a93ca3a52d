package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.KeyDestroyed;
import io.dsrbroker.vault.SealBroken;
import io.dsrbroker.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Seals what things are called: a key or a folder may say who somebody is. */
@Component
public class Names {

    private static final Logger log = LoggerFactory.getLogger(Names.class);
    private static final String UNNAMED = "unnamed:";
    private static final int MARK = 32;

    private final Vault vault;

    Names(Vault vault) {
        this.vault = vault;
    }

    /** The place in the vault of a task's key. */
    static String ofTask(UUID task) {
        return "task/" + task + "/key";
    }

    /** The place in the vault of the key in a plan. */
    static String ofPlanItem(UUID task) {
        return "plan_item/" + task + "/key";
    }

    /** The place in the vault of what a container is called. */
    static String ofContainer(UUID container) {
        return "container/" + container + "/place";
    }

    /** The place in the vault of what has changed since an approved plan. */
    static String ofDifference(JobId job) {
        return "plan/" + job + "/difference";
    }

    /** Sealed for this place, in Base64. */
    String base64(JobId job, String place, String name) {
        return Base64.getEncoder().encodeToString(sealed(job, place, name));
    }

    /** Sealed for this place. */
    byte[] sealed(JobId job, String place, String name) {
        return vault.seal(job, place, name.getBytes(StandardCharsets.UTF_8));
    }

    /** What was sealed for this place. {@link KeyDestroyed} once the job is erased. */
    String open(JobId job, String place, byte[] sealed) {
        return new String(vault.open(job, place, sealed), StandardCharsets.UTF_8);
    }

    /** The same for a reader; null once the job is erased. */
    @Nullable
    String shown(JobId job, String place, byte @Nullable [] sealed) {
        try {
            return sealed == null ? null : open(job, place, sealed);
        } catch (KeyDestroyed e) {
            return null;
        } catch (SealBroken e) {
            log.error("Job {}: a name was changed where it is kept, and is not shown", job, e);
            return null;
        }
    }

    /** By which a key can be compared with others of its job, whatever their case. */
    String mark(JobId job, String key) {
        String any = key.toLowerCase(Locale.ROOT);
        String mark = vault.mark(job, any).substring(0, MARK);
        return Harvest.isSubstitute(any) ? UNNAMED + mark : mark;
    }

    /** By which a change of a text is noticed. */
    String changeMark(JobId job, String text) {
        return vault.mark(job, text).substring(0, MARK);
    }
}
