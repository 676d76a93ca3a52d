package io.dsrbroker.vault;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
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
        int done = 0;
        Set<UUID> failed = new HashSet<>();
        Set<String> old = keys.superseded();
        List<DataKeys.Row> some = old.isEmpty() ? List.of() : keys.wrappedWith(old, failed, AT_ONCE);
        while (!some.isEmpty() && failed.size() < AT_ONCE) {
            for (DataKeys.Row key : some) {
                try {
                    keys.rewrap(key);
                    done++;
                } catch (KeysetUnusable e) {
                    failed.add(key.owner());
                }
            }
            some = keys.wrappedWith(old, failed, AT_ONCE);
        }
        if (!failed.isEmpty()) {
            log.error(
                    "{} data keys or more could not be wrapped anew, such as that of {}: REMOVE NO OLD KEY; it is tried again",
                    failed.size(),
                    failed.iterator().next());
        } else if (done > 0) {
            log.info("Wrapped {} data keys with the current key-encryption key; older ones are needed no more", done);
        }
    }
}
