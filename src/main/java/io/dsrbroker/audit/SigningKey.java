package io.dsrbroker.audit;

import io.dsrbroker.shared.CanonicalJson;
import io.dsrbroker.shared.Digests;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key as JSON Web Keys hold it (RFC 8037).
 *
 * @param kid its thumbprint (RFC 7638), which nobody can give to another key
 * @param x the public half, base64url
 * @param d the private half, base64url; null where it only verifies
 */
record SigningKey(String kid, String x, @Nullable String d) {

    static final String ALGORITHM = "Ed25519";

    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final int LENGTH = 32;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final byte[] SAMPLE = "dsr-broker".getBytes(StandardCharsets.UTF_8);

    /** A new one. */
    static SigningKey generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
            byte[] encoded = pair.getPublic().getEncoded();
            String x = ENCODER.encodeToString(Arrays.copyOfRange(encoded, encoded.length - LENGTH, encoded.length));
            byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
            return new SigningKey(thumbprint(x), x, ENCODER.encodeToString(seed));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform since 15 has Ed25519", e);
        }
    }

    /** Reads one. {@link InvalidKeys} where it is none, or is named or paired wrongly. */
    static SigningKey of(Map<String, ?> jwk) {
        String x = text(jwk, "x");
        String kid = text(jwk, "kid");
        if (!kid.equals(thumbprint(x))) {
            throw new InvalidKeys("the key " + kid + " is not named by its thumbprint (RFC 7638)");
        }
        SigningKey key = new SigningKey(kid, x, jwk.get("d") == null ? null : text(jwk, "d"));
        try {
            PublicKey publicKey = key.publicKey();
            if (key.signs()) {
                java.security.Signature signing = java.security.Signature.getInstance(ALGORITHM);
                signing.initSign(key.privateKey());
                signing.update(SAMPLE);
                byte[] signature = signing.sign();
                signing.initVerify(publicKey);
                signing.update(SAMPLE);
                if (!signing.verify(signature)) {
                    throw new InvalidKeys("the two halves of the key " + kid + " do not belong together");
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidKeys("the key " + kid + " is no Ed25519 key");
        }
        return key;
    }

    private static String text(Map<String, ?> jwk, String name) {
        if (jwk.get(name) instanceof String text) {
            return text;
        }
        throw new InvalidKeys("a key has no " + name);
    }

    private static String thumbprint(String x) {
        String required = CanonicalJson.of(Map.of("crv", ALGORITHM, "kty", "OKP", "x", x));
        return ENCODER.encodeToString(Digests.sha256().digest(required.getBytes(StandardCharsets.UTF_8)));
    }

    /** Whether its private half is there. */
    boolean signs() {
        return d != null;
    }

    PublicKey publicKey() throws GeneralSecurityException {
        byte[] raw = decoded(x);
        byte[] encoded = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + LENGTH);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, LENGTH);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }

    PrivateKey privateKey() throws GeneralSecurityException {
        if (d == null) {
            throw new IllegalStateException("The key " + kid + " only verifies");
        }
        return KeyFactory.getInstance(ALGORITHM)
                .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, decoded(d)));
    }

    private static byte[] decoded(String half) {
        byte[] raw = Base64.getUrlDecoder().decode(half);
        if (raw.length != LENGTH) {
            throw new IllegalArgumentException("Not " + LENGTH + " bytes");
        }
        return raw;
    }

    /** The public half for others. */
    Map<String, Object> publicJwk() {
        Map<String, Object> jwk = new LinkedHashMap<>();
        jwk.put("kty", "OKP");
        jwk.put("crv", ALGORITHM);
        jwk.put("use", "sig");
        jwk.put("alg", Jws.EDDSA);
        jwk.put("kid", kid);
        jwk.put("x", x);
        return jwk;
    }

    /** All that there is of it, for the file. */
    Map<String, Object> jwk() {
        Map<String, Object> jwk = publicJwk();
        if (d != null) {
            jwk.put("d", d);
        }
        return jwk;
    }

    @Override
    public String toString() {
        return "SigningKey[" + kid + "]";
    }
}
