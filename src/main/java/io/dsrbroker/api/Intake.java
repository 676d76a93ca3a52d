package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Takes requests in, each key once: the key, the job and the answer are kept in one transaction or not at all. */
@Service
class Intake {

    private final IdempotencyKeys keys;
    private final SubmissionReader reader;
    private final ClientRequests requests;
    private final RequestViews views;
    private final Vault vault;
    private final Answering answering;

    Intake(
            IdempotencyKeys keys,
            SubmissionReader reader,
            ClientRequests requests,
            RequestViews views,
            Vault vault,
            Answering answering) {
        this.keys = keys;
        this.reader = reader;
        this.requests = requests;
        this.views = views;
        this.vault = vault;
        this.answering = answering;
    }

    /** How answers are written, and when. */
    @org.springframework.stereotype.Component
    record Answering(JsonMapper json, Clock clock) {}

    /**
     * Takes a request in, or finds the answer that it got before.
     *
     * @throws IdempotencyInFlight when the same key is being used right now
     * @throws IdempotencyKeyReused when the key was used with another body
     * @throws InvalidBody when the body is not a request; the key stays unused
     */
    @Transactional
    public Accepted take(IdempotencyKey key, Body body, Caller caller) {
        Instant now = answering.clock().instant();
        String fingerprint = vault.fingerprint(body.canonical());
        keys.lock(key);
        Optional<IdempotencyKeys.Used> used = keys.find(key, now);
        if (used.isPresent()) {
            if (!used.get().fingerprint().equals(fingerprint)) {
                throw new IdempotencyKeyReused();
            }
            return used.get().answer();
        }
        JobId id = requests.submit(reader.read(body), caller);
        Accepted answer = new Accepted(id, answering.json().writeValueAsString(views.one(id)));
        keys.keep(key, fingerprint, answer, now);
        return answer;
    }
}
