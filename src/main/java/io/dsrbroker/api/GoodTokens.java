package io.dsrbroker.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
