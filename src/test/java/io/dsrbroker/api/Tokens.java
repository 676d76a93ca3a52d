package io.dsrbroker.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.function.UnaryOperator;

/** Signs access tokens as an identity provider would. */
final class Tokens {

    private static final RSAKey KEY = key();
    static final Path PUBLIC_KEY = publicKey();

    private Tokens() {}

    /** A token of this person with these scopes, issued to the client "portal". */
    static String of(String person, String... scopes) {
        return with(claims -> claims.subject(person).claim("scope", String.join(" ", scopes)));
    }

    static String with(UnaryOperator<JWTClaimsSet.Builder> claims) {
        Instant now = Instant.now();
        JWTClaimsSet.Builder usual = new JWTClaimsSet.Builder()
                .audience("dsr-broker")
                .subject("ann")
                .claim("azp", "portal")
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(Duration.ofHours(1))));
        SignedJWT token = new SignedJWT(
                new JWSHeader(JWSAlgorithm.RS256), claims.apply(usual).build());
        try {
            token.sign(new RSASSASigner(KEY));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static RSAKey key() {
        try {
            return new RSAKeyGenerator(2048).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path publicKey() {
        try {
            Path file = Files.createTempFile("dsr-api-tests", ".pem");
            file.toFile().deleteOnExit();
            String encoded =
                    Base64.getMimeEncoder().encodeToString(KEY.toPublicKey().getEncoded());
            return Files.writeString(file, "-----BEGIN PUBLIC KEY-----\n" + encoded + "\n-----END PUBLIC KEY-----\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}
