package io.dsrbroker.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The SDK itself is used; only what answers it is a double. */
class AzureKeyVaultTests {

    private static final TokenCredential ANYBODY =
            request -> Mono.just(new AccessToken("token", OffsetDateTime.of(2099, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)));

    private final KeyVaultDouble vault = new KeyVaultDouble();

    @BeforeEach
    void firstVersion() throws Exception {
        vault.addVersion("v1");
    }

    private AzureKeyVault replica() {
        return new AzureKeyVault(KeyVaultDouble.KEY, ANYBODY, vault);
    }

    @Test
    void whatOneReplicaWrapsAnotherUnwraps() {
        byte[] key = DataKey.fresh();
        KeyEncryption.Wrapped wrapped = replica().wrap(key, "job");
        assertThat(wrapped.kek()).isEqualTo(KeyVaultDouble.KEY + "/v1");
        assertThat(HexFormat.of().formatHex(wrapped.bytes()))
                .doesNotContain(HexFormat.of().formatHex(key));
        assertThat(replica().unwrap(wrapped, "job")).isEqualTo(key);
        assertThat(vault.calls).anyMatch(call -> call.startsWith("POST /keys/kek/v1/unwrapkey"));
    }

    @Test
    void keyOfAnotherOwnerIsRefused() {
        KeyEncryption.Wrapped wrapped = replica().wrap(DataKey.fresh(), "job");
        assertThatThrownBy(() -> replica().unwrap(wrapped, "other"))
                .isInstanceOf(KeysetUnusable.class)
                .hasMessageContaining("another owner");
    }

    @Test
    void newVersionWrapsAndTheOldOneStillUnwraps() throws Exception {
        byte[] key = DataKey.fresh();
        KeyEncryption.Wrapped before = replica().wrap(key, "job");
        vault.addVersion("v2");
        AzureKeyVault later = replica();
        assertThat(later.current()).isEqualTo(KeyVaultDouble.KEY + "/v2");
        assertThat(later.wrap(key, "job").kek()).isEqualTo(KeyVaultDouble.KEY + "/v2");
        assertThat(later.unwrap(before, "job")).isEqualTo(key);
        vault.removeVersion("v1");
        assertThatThrownBy(() -> replica().unwrap(before, "job"))
                .isInstanceOf(KeysetUnusable.class)
                .hasMessageContaining("/v1");
    }

    @Test
    void changedWrappingIsRefused() {
        KeyEncryption.Wrapped wrapped = replica().wrap(DataKey.fresh(), "job");
        wrapped.bytes()[7] ^= 1;
        assertThatThrownBy(() -> replica().unwrap(wrapped, "job")).isInstanceOf(KeysetUnusable.class);
    }
}
