package io.dsrbroker.export;

import java.util.UUID;

/** The configured export store is not the one that this database's brokers use, and where their objects are. */
final class ForeignStore extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final UUID expected;

    ForeignStore(String place, UUID expected, String expectedPlace) {
        super("dsr.export.store is not the export store of this database: " + place + " has no object "
                + StoreCheck.marker(expected) + ". It is where contents and packages are, first used as "
                + expectedPlace);
        this.expected = expected;
    }

    /** What an operator has to do. */
    String remedy() {
        return "Several brokers need one store: mount the same ReadWriteMany volume into all of them, or use"
                + " azure-blob:<container url>. If the store was moved, stop all brokers and copy everything that was in"
                + " it, also that object. Only if all that was in it is given up on purpose, stop all brokers and start"
                + " them with dsr.export.store-moved=" + expected + ".";
    }
}
