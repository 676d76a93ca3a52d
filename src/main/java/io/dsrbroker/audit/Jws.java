package io.dsrbroker.audit;

import io.dsrbroker.shared.CanonicalJson;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Claims signed with Ed25519, in the compact form of RFC 7515. The same claims and key always give the same text.
 *
 * <p>The JDK signs; the JOSE library at hand would need another library for these keys.
 *
 * @param kid the key that signed, as the header says
 * @param typ what it is, as the header says
 */
record Jws(String kid, String typ, Map<String, Object> claims, String signed, String signature) {

    static final String EDDSA = "EdDSA";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Set<String> HEADER = Set.of("alg", "kid", "typ");

    /** Signs claims: texts, integers, flags, nulls, lists and maps. */
    static String sign(SigningKey key, String typ, Map<String, ?> claims) {
        String header = CanonicalJson.of(Map.of("alg", EDDSA, "kid", key.kid(), "typ", typ));
        String signed = encoded(header) + "." + encoded(CanonicalJson.of(claims));
        try {
            Signature signing = Signature.getInstance(SigningKey.ALGORITHM);
            signing.initSign(key.privateKey());
            signing.update(signed.getBytes(StandardCharsets.US_ASCII));
            return signed + "." + ENCODER.encodeToString(signing.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The key " + key.kid() + " does not sign", e);
        }
    }

    private static String encoded(String text) {
        return ENCODER.encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads what one of these keys signed as such a thing. {@link InvalidJws} says what is wrong. */
    static Jws verified(String compact, String typ, KeySet keys) {
        Jws jws = read(compact);
        if (!jws.typ.equals(typ)) {
            throw new InvalidJws("typ is not " + typ);
        }
        SigningKey key = keys.find(jws.kid)
                .orElseThrow(() -> new InvalidJws("unknown kid: no key " + printable(jws.kid) + " in the key set"));
        if (!jws.isSignedBy(key)) {
            throw new InvalidJws("bad signature: not what the key " + key.kid() + " signed");
        }
        return jws;
    }

    /** Takes it apart without believing it. */
    static Jws read(String compact) {
        List<String> parts = List.of(compact.split("\\.", -1));
        if (parts.size() != 3) {
            throw new InvalidJws("not a JWS in compact form");
        }
        Map<String, Object> header = StrictJson.object(decoded(parts.get(0)))
                .orElseThrow(() -> new InvalidJws("not a JWS: its header is no JSON object"));
        if (!EDDSA.equals(header.get("alg"))) {
            throw new InvalidJws("wrong alg: only " + EDDSA + " is accepted");
        }
        header.keySet().stream()
                .filter(name -> !HEADER.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new InvalidJws("header member " + printable(name) + " is not accepted");
                });
        if (!(header.get("kid") instanceof String kid && header.get("typ") instanceof String typ)) {
            throw new InvalidJws("the header lacks kid or typ");
        }
        Map<String, Object> claims = StrictJson.object(decoded(parts.get(1)))
                .orElseThrow(() -> new InvalidJws("malformed claims: no JSON object"));
        bytes(parts.get(2));
        return new Jws(kid, typ, claims, parts.get(0) + "." + parts.get(1), parts.get(2));
    }

    private boolean isSignedBy(SigningKey key) {
        try {
            Signature verifying = Signature.getInstance(SigningKey.ALGORITHM);
            verifying.initVerify(key.publicKey());
            verifying.update(signed.getBytes(StandardCharsets.US_ASCII));
            return verifying.verify(bytes(signature));
        } catch (GeneralSecurityException e) {
            // Such as a signature of another length.
            return false;
        }
    }

    private static String decoded(String part) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes(part)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidJws("not a JWS: not UTF-8");
        }
    }

    /** Only one text stands for the same bytes. */
    private static byte[] bytes(String part) {
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(part);
            if (ENCODER.encodeToString(bytes).equals(part)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // As below.
        }
        throw new InvalidJws("not a JWS: not base64url");
    }

    /** What strangers wrote goes into no terminal as it is. */
    private static String printable(String text) {
        return text.length() <= 100 && text.chars().allMatch(c -> c > 0x20 && c < 0x7f) ? text : "(unprintable)";
    }
}
