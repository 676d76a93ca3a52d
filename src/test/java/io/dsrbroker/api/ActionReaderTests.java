package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.job.Approvals.Approval;
import io.dsrbroker.job.Approvals.Exclusion;
import io.dsrbroker.job.Confirmations.Confirmation;
import io.dsrbroker.job.Denial;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ActionReaderTests {

    private static final Instant NOW = Instant.parse("2026-11-10T14:00:00Z");
    private static final String TASK = "01990000-0000-7000-8000-00000000000a";

    private static Body body(String json) {
        return Body.of(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsAnApproval() {
        String hash = "a".repeat(64);
        assertThat(ActionReader.approval(body("{\"planHash\": \"" + hash + "\"}")))
                .isEqualTo(new Approval(hash, List.of(), null));
        assertThat(ActionReader.approval(body("""
                        {"planHash": "%s", "comment": "Fine.", "exclude": [{"taskId": "%s", "reason": "A claim."}]}""".formatted(hash, TASK))))
                .isEqualTo(new Approval(hash, List.of(new Exclusion(UUID.fromString(TASK), "A claim.")), "Fine."));
    }

    @Test
    void passesOnAHashThatNoPlanCanHave() {
        for (String hash : List.of("A".repeat(64), "yesterday", "a".repeat(255))) {
            assertThat(ActionReader.approval(body("{\"planHash\": \"" + hash + "\"}"))
                            .planHash())
                    .isEqualTo(hash);
        }
    }

    @Test
    void readsEveryWordOfADenial() {
        for (Denial denial : Denial.values()) {
            ActionReader.Denied denied = ActionReader.denial(body("{\"reason\": \"" + denial.word() + "\"}"));
            assertThat(denied).isEqualTo(new ActionReader.Denied(denial, null));
        }
        assertThat(ActionReader.denial(body("{\"reason\": \"other\", \"comment\": \"No.\"}"))
                        .comment())
                .isEqualTo("No.");
    }

    @Test
    void readsAReasonAndAnExtension() {
        assertThat(ActionReader.reason(body("{\"reason\": \"Wait.\"}"))).isEqualTo("Wait.");
        for (int days : List.of(1, 366)) {
            assertThat(ActionReader.extension(body("{\"reason\": \"Complex.\", \"days\": " + days + "}")))
                    .isEqualTo(new ActionReader.Extension(days, "Complex."));
        }
    }

    @Test
    void readsAConfirmationWithItsHashInLowerCase() {
        assertThat(ActionReader.confirmation(body("""
                        {"note": "Gone.", "doneAt": "2026-11-10T15:00:00+01:00", "evidenceSha256": "%s"}""".formatted("AB".repeat(32))), NOW))
                .isEqualTo(new Confirmation("Gone.", NOW, "ab".repeat(32)));
    }
}
