package io.dsrbroker.vault;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.security.keyvault.keys.KeyClient;
import com.azure.security.keyvault.keys.KeyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.CryptographyClient;
import com.azure.security.keyvault.keys.cryptography.CryptographyClientBuilder;
import com.azure.security.keyvault.keys.cryptography.models.KeyWrapAlgorithm;
import com.azure.security.keyvault.keys.cryptography.models.WrapResult;
import io.dsrbroker.shared.Digests;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Key-encryption keys in Azure Key Vault: an RSA key that never leaves it, whose newest version wraps (RSA-OAEP-256). A
 * new version is a rotation; older ones unwrap for as long as they are enabled.
 *
 * <p>RSA-OAEP binds no owner to what it wraps, so a digest of the owner is wrapped with the key and compared.
 */
final class AzureKeyVault implements KeyEncryption {

    private static final Duration VERSION_KNOWN_FOR = Duration.ofMinutes(1);
    private static final int DIGEST = 32;

    private final String url;
    private final String name;
    private final KeyClient keys;
    private final TokenCredential credential;
    private final @Nullable HttpClient http;
    private final Map<String, CryptographyClient> versions = new ConcurrentHashMap<>();
    private volatile @Nullable Version newest;

    private record Version(String id, long seen) {}

    /**
     * The key at this URL.
     *
     * @param http null for the SDK's own
     */
    AzureKeyVault(String url, TokenCredential credential, @Nullable HttpClient http) {
        URI key = URI.create(url);
        String[] path = String.valueOf(key.getPath()).split("/", -1);
        if (!"https".equals(key.getScheme()) || path.length != 3 || !path[1].equals("keys") || path[2].isEmpty()) {
            throw new KeysetUnusable(
                    "dsr.vault.keyset must be azure-key-vault:https://<vault host>/keys/<name of an RSA key>");
        }
        this.url = url;
        this.name = path[2];
        this.credential = credential;
        this.http = http;
        KeyClientBuilder builder =
                new KeyClientBuilder().vaultUrl("https://" + key.getAuthority()).credential(credential);
        if (http != null) {
            builder.httpClient(http);
        }
        this.keys = builder.buildClient();
    }

    /** The key at this URL, as the identity of the workload, else of the machine, may use it. */
    static AzureKeyVault at(String url) {
        ChainedTokenCredentialBuilder chain = new ChainedTokenCredentialBuilder();
        if (System.getenv("AZURE_FEDERATED_TOKEN_FILE") != null) {
            chain.addLast(new WorkloadIdentityCredentialBuilder().build());
        }
        return new AzureKeyVault(
                url,
                chain.addLast(new ManagedIdentityCredentialBuilder().build()).build(),
                null);
    }

    @Override
    public String current() {
        Version known = newest;
        if (known != null && System.nanoTime() - known.seen() < VERSION_KNOWN_FOR.toNanos()) {
            return known.id();
        }
        try {
            String id = Objects.requireNonNull(keys.getKey(name).getId());
            newest = new Version(id, System.nanoTime());
            return id;
        } catch (RuntimeException e) {
            throw new KeysetUnusable("Azure Key Vault does not show the key " + name, e);
        }
    }

    @Override
    public boolean isSuperseded(String kek) {
        return !kek.equals(current());
    }

    @Override
    public Wrapped wrap(byte[] key, String owner) {
        String version = current();
        byte[] both = Arrays.copyOf(key, key.length + DIGEST);
        System.arraycopy(digest(owner), 0, both, key.length, DIGEST);
        try {
            WrapResult result = client(version).wrapKey(KeyWrapAlgorithm.RSA_OAEP_256, both);
            return new Wrapped(version, result.getEncryptedKey());
        } catch (RuntimeException e) {
            throw new KeysetUnusable("Azure Key Vault wrapped no key with " + version, e);
        }
    }

    @Override
    public byte[] unwrap(Wrapped wrapped, String owner) {
        // The name comes from the database: nobody but the configured vault is asked.
        if (!wrapped.kek().startsWith(url + "/")) {
            throw new KeysetUnusable("A key was wrapped with another key-encryption key than " + url);
        }
        byte[] both;
        try {
            both = client(wrapped.kek())
                    .unwrapKey(KeyWrapAlgorithm.RSA_OAEP_256, wrapped.bytes())
                    .getKey();
        } catch (RuntimeException e) {
            throw new KeysetUnusable("Azure Key Vault unwrapped no key with " + wrapped.kek(), e);
        }
        int length = both.length - DIGEST;
        if (length <= 0 || !MessageDigest.isEqual(Arrays.copyOfRange(both, length, both.length), digest(owner))) {
            throw new KeysetUnusable("A wrapped key belongs to another owner");
        }
        return Arrays.copyOf(both, length);
    }

    private static byte[] digest(String owner) {
        return Digests.sha256().digest(owner.getBytes(StandardCharsets.UTF_8));
    }

    private CryptographyClient client(String version) {
        return versions.computeIfAbsent(version, id -> {
            CryptographyClientBuilder builder =
                    new CryptographyClientBuilder().keyIdentifier(id).credential(credential);
            if (http != null) {
                builder.httpClient(http);
            }
            return builder.buildClient();
        });
    }
}
