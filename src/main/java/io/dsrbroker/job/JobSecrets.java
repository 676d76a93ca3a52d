package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Seals and opens what a job keeps of its subject. */
@Component
class JobSecrets {

    private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};
    private static final String SUBJECT = "job/subject";
    private static final String SECRETS = "job/secrets";
    private static final String CALLBACK_URL = "job/callback_url";

    private final Vault vault;
    private final JsonMapper json;

    JobSecrets(Vault vault, JsonMapper json) {
        this.vault = vault;
        this.json = json;
    }

    /** Makes the key with which everything of a job is sealed. */
    void begin(JobId job) {
        vault.begin(job);
    }

    Job seal(Job job, Submission submission) {
        byte @Nullable [] sealed = submission.secrets().isEmpty()
                ? null
                : vault.seal(job.id(), SECRETS, json.writeValueAsBytes(submission.secrets()));
        String verification =
                submission.verification() == null ? null : json.writeValueAsString(submission.verification());
        String url = submission.callbackUrl();
        return job.sealed(
                vault.seal(job.id(), SUBJECT, json.writeValueAsBytes(submission.subject())),
                sealed,
                url == null ? null : vault.seal(job.id(), CALLBACK_URL, url.getBytes(StandardCharsets.UTF_8)),
                verification);
    }

    /** Where changes are told; nowhere once the job is erased. */
    Optional<String> callbackUrl(Job job) {
        byte[] url = job.callbackUrl();
        return url == null
                ? Optional.empty()
                : Optional.of(new String(vault.open(job.id(), CALLBACK_URL, url), StandardCharsets.UTF_8));
    }

    JobContext context(Job job) {
        byte[] kept = job.secrets();
        Map<String, String> secrets =
                kept == null ? Map.of() : json.readValue(vault.open(job.id(), SECRETS, kept), TEXTS);
        return new JobContext(
                job.id(),
                job.type(),
                job.dueAt(),
                json.readValue(vault.open(job.id(), SUBJECT, job.subject()), Subject.class),
                secrets,
                job.targets().stream().map(JobTarget::toTarget).toList(),
                job.targets().stream().map(JobTarget::folder).toList(),
                job.traceParent());
    }
}
