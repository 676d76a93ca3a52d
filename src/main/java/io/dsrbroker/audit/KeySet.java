package io.dsrbroker.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JWK set (RFC 7517) of Ed25519 keys: the first signs, all verify.
 *
 * @param keys newest first
 */
record KeySet(List<SigningKey> keys) {

    /** Reads a set, public or private. {@link InvalidKeys} where it cannot be used. */
    static KeySet of(String json) {
        Map<String, Object> set = StrictJson.object(json).orElseThrow(() -> new InvalidKeys("it is no JSON object"));
        if (!(set.get("keys") instanceof List<?> listed)) {
            throw new InvalidKeys("it has no keys");
        }
        List<SigningKey> keys = new ArrayList<>();
        for (Object each : listed) {
            if (each instanceof Map<?, ?> jwk
                    && "OKP".equals(jwk.get("kty"))
                    && SigningKey.ALGORITHM.equals(jwk.get("crv"))) {
                keys.add(SigningKey.of(named(jwk)));
            }
        }
        if (keys.isEmpty()) {
            throw new InvalidKeys("it has no Ed25519 key");
        }
        return new KeySet(List.copyOf(keys));
    }

    private static Map<String, Object> named(Map<?, ?> jwk) {
        Map<String, Object> members = new java.util.HashMap<>();
        jwk.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    /** The one that signs. */
    SigningKey active() {
        SigningKey first = keys.getFirst();
        if (!first.signs()) {
            throw new InvalidKeys("its first key, " + first.kid() + ", has no private half and cannot sign");
        }
        return first;
    }

    Optional<SigningKey> find(String kid) {
        return keys.stream().filter(key -> key.kid().equals(kid)).findFirst();
    }

    /** With this key as the one that signs. */
    KeySet under(SigningKey active) {
        List<SigningKey> all = new ArrayList<>();
        all.add(active);
        all.addAll(keys);
        return new KeySet(List.copyOf(all));
    }

    /** What everybody may see. */
    Map<String, Object> published() {
        return Map.of("keys", keys.stream().map(SigningKey::publicJwk).toList());
    }

    /** What the file holds. */
    String secret() {
        return StrictJson.indented(
                        Map.of("keys", keys.stream().map(SigningKey::jwk).toList()))
                + "\n";
    }
}
