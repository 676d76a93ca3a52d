package io.dsrbroker.export;

import java.util.List;

/** Which names objects may have: the same in every store, or one would keep what another cannot find. */
final class StoreKey {

    /** The most that Azure takes; a folder's limits are those of its file system. */
    private static final int LONGEST = 1024;

    private static final List<String> NO_SEGMENTS = List.of("", ".", "..");

    private StoreKey() {}

    /** The key, if it is segments with single slashes between them, none of which leads elsewhere. */
    static String checked(String key) {
        if (key.length() > LONGEST
                || key.chars().anyMatch(symbol -> symbol == '\\' || Character.isISOControl(symbol))
                || List.of(key.split("/", -1)).stream().anyMatch(NO_SEGMENTS::contains)) {
            throw new IllegalArgumentException("Not a key of this store");
        }
        return key;
    }
}
