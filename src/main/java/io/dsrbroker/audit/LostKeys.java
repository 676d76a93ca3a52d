package io.dsrbroker.audit;

import java.nio.file.Path;
import java.util.List;

/** The database holds signatures of keys that the key set lacks: it was lost, or it is the wrong file. */
final class LostKeys extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private LostKeys(Path file, List<String> kids) {
        super("dsr.receipt.keyset (" + file.toAbsolutePath() + ") lacks the keys " + kids
                + " that signed receipts or checkpoints of this database. Put the right file back; the broker does not"
                + " start without them");
    }

    static void throwIfAny(Path file, List<String> kids) {
        if (!kids.isEmpty()) {
            throw new LostKeys(file, kids);
        }
    }
}
