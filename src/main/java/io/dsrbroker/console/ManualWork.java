package io.dsrbroker.console;

import io.dsrbroker.api.Actions;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.EvidenceFiles;
import io.dsrbroker.job.EvidenceFiles.SealedFile;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes a confirmation and keeps the file that goes with it: both or neither. */
@Service
@WithConsole
class ManualWork {

    private final Actions actions;
    private final EvidenceFiles files;

    ManualWork(Actions actions, EvidenceFiles files) {
        this.actions = actions;
        this.files = files;
    }

    @Transactional
    public void confirm(UUID id, UUID task, String note, String doneAt, SealedFile file, Caller caller) {
        Map<String, String> body = Map.of("note", note, "doneAt", instant(doneAt), "evidenceSha256", file.sha256());
        actions.confirm(id, task, body, caller);
        files.keep(file);
    }

    private static String instant(String local) {
        try {
            return LocalDateTime.parse(local).toInstant(ZoneOffset.UTC).toString();
        } catch (DateTimeParseException e) {
            throw new FormProblem("doneAt", "Say when it was done, such as 2026-03-01T12:00.");
        }
    }
}
