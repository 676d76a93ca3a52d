package io.dsrbroker.vault;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Wraps data keys anew after the key-encryption key was rotated; what they sealed stays as it is. */
@Component
public class Rewrapping {

    private static final Logger log = LoggerFactory.getLogger(Rewrapping.class);
    private static final int AT_ONCE = 500;

    private final DataKeys keys;

    Rewrapping(DataKeys keys) {
        this.keys = keys;
    }

    /** Wraps all keys anew that are wrapped with an older key-encryption key. */
    public void look() {
        int total = 0;
        int some;
        do {
            some = keys.rewrap(AT_ONCE);
            total += some;
        } while (some == AT_ONCE);
        if (total > 0) {
            log.info("Wrapped {} data keys with the current key-encryption key; older ones are needed no more", total);
        }
    }
}
