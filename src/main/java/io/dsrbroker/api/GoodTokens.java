package io.dsrbroker.api;

import io.dsrbroker.shared.Digests;
import java.util.LinkedHashMap;
import java.util.Map;

/** Digests of the tokens that were good when they were last used, of the last {@value #MOST}. */
final class GoodTokens {

    private static final int MOST = 10_000;

    private final Map<String, Boolean> digests = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST;
        }
    };

    synchronized boolean contains(String digest) {
        return digests.get(digest) != null;
    }

    synchronized void used(String digest, boolean good) {
        if (good) {
            digests.put(digest, true);
        } else {
            digests.remove(digest);
        }
    }

    static String digest(String token) {
        return Digests.hex(token);
    }
}
