package io.dsrbroker.audit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The keys that sign receipts and checkpoints; made at the first start, never without which old signatures verify. */
@Component
public class SigningKeys {

    private static final Logger log = LoggerFactory.getLogger(SigningKeys.class);
    private static final Duration SPACING = Duration.ofSeconds(10);

    private final KeyFile file;

    SigningKeys(ReceiptProperties properties, JdbcClient jdbc) {
        List<String> used = jdbc.sql("select kid from receipt union select kid from audit_checkpoint order by kid")
                .query((row, number) -> row.getString("kid"))
                .list();
        Path path = properties.file();
        if (Files.notExists(path)) {
            LostKeys.throwIfAny(path, used);
            if (KeyFile.create(path)) {
                log.warn(
                        "{} was created with a key that signs receipts. KEEP A COPY: without it nobody can prove that the"
                                + " receipts are genuine. All replicas must have the same file",
                        path.toAbsolutePath());
            }
        }
        this.file = open(path);
        KeySet keys = file.keys();
        LostKeys.throwIfAny(
                path, used.stream().filter(kid -> keys.find(kid).isEmpty()).toList());
        log.info("{} signs receipts and checkpoints", keys.active().kid());
    }

    private static KeyFile open(Path path) {
        try {
            return KeyFile.open(path, SPACING);
        } catch (InvalidKeys e) {
            throw new IllegalStateException("dsr.receipt.keyset cannot be used: " + e.why(), e);
        }
    }

    KeySet current() {
        return file.keys();
    }

    /** The JWK set of the public halves. */
    public Map<String, Object> published() {
        return current().published();
    }
}
