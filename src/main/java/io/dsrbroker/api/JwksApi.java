package io.dsrbroker.api;

import io.dsrbroker.audit.SigningKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The public keys of receipts, for everybody. */
@Tag(name = "Receipt")
@RestController
class JwksApi {

    static final String PATH = "/.well-known/jwks.json";

    private static final CacheControl FIVE_MINUTES =
            CacheControl.maxAge(Duration.ofMinutes(5)).cachePublic();

    private final SigningKeys keys;

    JwksApi(SigningKeys keys) {
        this.keys = keys;
    }

    /** The answer as the description shows it. */
    record KeySet(List<PublicKey> keys) {}

    /** One of its keys. */
    record PublicKey(String kty, String crv, String use, String alg, String kid, String x) {}

    @Operation(
            operationId = "getKeys",
            summary = "Get the keys that verify receipts",
            description =
                    "A JWK set of Ed25519 keys, the one that signs now first. Older ones stay, so that older receipts"
                            + " stay valid. No token is needed.")
    @SecurityRequirements
    @ApiResponse(
            responseCode = "200",
            description = "The key set",
            headers =
                    @Header(
                            name = "Cache-Control",
                            description = "How long it may be kept",
                            schema = @Schema(type = "string")),
            content = @Content(schema = @Schema(implementation = KeySet.class)))
    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Map<String, Object>> keys() {
        return ResponseEntity.ok().cacheControl(FIVE_MINUTES).body(keys.published());
    }
}
