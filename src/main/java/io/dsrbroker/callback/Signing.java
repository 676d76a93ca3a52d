package io.dsrbroker.callback;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.stereotype.Component;

/** Signs callbacks as Standard Webhooks 1.0 says, with every secret that is configured. */
@Component
class Signing {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;

    private final List<SecretKeySpec> keys;

    Signing(CallbackProperties properties) {
        this.keys = properties.secret().stream()
                .map(String::strip)
                .filter(secret -> !secret.isEmpty())
                .map(Signing::key)
                .toList();
    }

    /** Never says the secret itself, not even through the decoder's message. */
    private static SecretKeySpec key(String secret) {
        byte[] bytes;
        try {
            bytes = secret.startsWith(PREFIX) ? Base64.getDecoder().decode(secret.substring(PREFIX.length())) : null;
        } catch (IllegalArgumentException e) {
            bytes = null;
        }
        if (bytes == null || bytes.length < SHORTEST || bytes.length > LONGEST) {
            throw new IllegalArgumentException("A secret in dsr.callback.secret is not " + PREFIX
                    + " followed by the base64 of " + SHORTEST + " to " + LONGEST + " bytes");
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    /** Whether there is a secret. */
    boolean possible() {
        return !keys.isEmpty();
    }

    /**
     * The value of {@code webhook-signature}.
     *
     * @param timestamp of this try, in seconds since 1970
     */
    String sign(String id, long timestamp, byte[] body) {
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        List<String> signatures = new ArrayList<>();
        for (SecretKeySpec key : keys) {
            signatures.add("v1," + Base64.getEncoder().encodeToString(hmac(key, head, body)));
        }
        return String.join(" ", signatures);
    }

    private static byte[] hmac(SecretKeySpec key, byte[] head, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
        }
    }
}
