package io.dsrbroker.api;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the cursor of the next part; null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {

    /** Makes a page of up to one item more than it may hold; the surplus one only says that there is more. */
    static <T> Page<T> of(List<T> found, int limit, Function<T, String> key) {
        if (found.size() <= limit) {
            return new Page<>(found, null);
        }
        List<T> items = found.subList(0, limit);
        return new Page<>(items, Cursor.of(key.apply(items.getLast())));
    }
}
