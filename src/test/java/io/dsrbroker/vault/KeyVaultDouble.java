package io.dsrbroker.vault;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpHeaders;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers the SDK as Azure Key Vault does: a challenge first, then the key's versions, wrapping and unwrapping. */
final class KeyVaultDouble implements HttpClient {

    static final String KEY = "https://vault.example.test/keys/kek";

    private static final OAEPParameterSpec OAEP_256 =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, KeyPair> versions = new LinkedHashMap<>();
    final List<String> calls = new ArrayList<>();

    void addVersion(String version) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        versions.put(version, generator.generateKeyPair());
    }

    void removeVersion(String version) {
        versions.remove(version);
    }

    @Override
    public Mono<HttpResponse> send(HttpRequest request) {
        return Mono.fromSupplier(() -> answer(request));
    }

    private HttpResponse answer(HttpRequest request) {
        if (request.getHeaders().getValue(HttpHeaderName.AUTHORIZATION) == null) {
            HttpHeaders challenge = new HttpHeaders()
                    .set(
                            HttpHeaderName.WWW_AUTHENTICATE,
                            "Bearer authorization=\"https://login.example.test/tenant\", resource=\"https://example.test\"");
            return new Answer(request, 401, challenge, "");
        }
        String path = request.getUrl().getPath();
        calls.add(request.getHttpMethod() + " " + path);
        String[] parts = path.split("/", -1);
        String version = parts.length > 3 && !parts[3].isEmpty()
                ? parts[3]
                : List.copyOf(versions.keySet()).getLast();
        KeyPair pair = versions.get(version);
        if (pair == null) {
            return new Answer(
                    request, 404, json(), "{\"error\":{\"code\":\"KeyNotFound\",\"message\":\"No such key version\"}}");
        }
        String kid = KEY + "/" + version;
        if (parts.length <= 4) {
            RSAPublicKey key = (RSAPublicKey) pair.getPublic();
            return new Answer(
                    request,
                    200,
                    json(),
                    "{\"key\":{\"kid\":\"%s\",\"kty\":\"RSA\",\"key_ops\":[\"wrapKey\",\"unwrapKey\"],\"n\":\"%s\",\"e\":\"%s\"},\"attributes\":{\"enabled\":true}}"
                            .formatted(kid, text(key.getModulus()), text(key.getPublicExponent())));
        }
        JsonNode body = JSON.readTree(request.getBodyAsBinaryData().toBytes());
        byte[] value = Base64.getUrlDecoder().decode(body.get("value").asString());
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            if (parts[4].equals("wrapkey")) {
                cipher.init(Cipher.ENCRYPT_MODE, pair.getPublic(), OAEP_256);
            } else {
                cipher.init(Cipher.DECRYPT_MODE, pair.getPrivate(), OAEP_256);
            }
            String result = Base64.getUrlEncoder().withoutPadding().encodeToString(cipher.doFinal(value));
            return new Answer(request, 200, json(), "{\"kid\":\"%s\",\"value\":\"%s\"}".formatted(kid, result));
        } catch (GeneralSecurityException e) {
            return new Answer(
                    request, 400, json(), "{\"error\":{\"code\":\"BadParameter\",\"message\":\"Invalid value\"}}");
        }
    }

    private static HttpHeaders json() {
        return new HttpHeaders().set(HttpHeaderName.CONTENT_TYPE, "application/json");
    }

    private static String text(BigInteger number) {
        byte[] bytes = number.toByteArray();
        int skipped = bytes[0] == 0 ? 1 : 0;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(java.util.Arrays.copyOfRange(bytes, skipped, bytes.length));
    }

    private static final class Answer extends HttpResponse {

        private final int status;
        private final HttpHeaders headers;
        private final byte[] body;

        Answer(HttpRequest request, int status, HttpHeaders headers, String body) {
            super(request);
            this.status = status;
            this.headers = headers;
            this.body = body.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public int getStatusCode() {
            return status;
        }

        @Override
        @Deprecated
        public String getHeaderValue(String name) {
            return headers.getValue(HttpHeaderName.fromString(name));
        }

        @Override
        public HttpHeaders getHeaders() {
            return headers;
        }

        @Override
        public Flux<ByteBuffer> getBody() {
            return Flux.just(ByteBuffer.wrap(body));
        }

        @Override
        public Mono<byte[]> getBodyAsByteArray() {
            return Mono.just(body);
        }

        @Override
        public Mono<String> getBodyAsString() {
            return Mono.just(new String(body, StandardCharsets.UTF_8));
        }

        @Override
        public Mono<String> getBodyAsString(Charset charset) {
            return Mono.just(new String(body, charset));
        }
    }
}
