package io.dsrbroker.export;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.identity.ChainedTokenCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import com.azure.storage.blob.BlobContainerClient;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobUrlParts;
import com.azure.storage.common.StorageSharedKeyCredential;
import com.azure.storage.common.policy.RequestRetryOptions;
import com.azure.storage.common.policy.RetryPolicyType;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the container is and how it is reached: at this origin only, whatever it answers.
 *
 * @param url {@code https://<account>.blob.core.windows.net/<container>}
 * @param http what sends the calls
 * @param retries how often one is sent again
 */
record BlobContainer(String url, HttpClient http, RequestRetryOptions retries) {

    private static final String SCOPE = "https://storage.azure.com/.default";
    private static final Duration CONNECTING = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(60);

    /** As production reaches it. */
    static BlobContainer at(String url) {
        return new BlobContainer(
                url,
                transport(),
                new RequestRetryOptions(
                        RetryPolicyType.EXPONENTIAL, 4, SILENCE, Duration.ofSeconds(1), Duration.ofSeconds(10), null));
    }

    /** The JDK's client, which follows no redirect. */
    static HttpClient transport() {
        return new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER))
                .connectionTimeout(CONNECTING)
                .responseTimeout(SILENCE)
                .readTimeout(SILENCE)
                .writeTimeout(SILENCE)
                .build();
    }

    /** As the identity of the workload, else of the machine, may use it. */
    BlobContainerClient withIdentity() {
        ChainedTokenCredentialBuilder chain = new ChainedTokenCredentialBuilder();
        if (System.getenv("AZURE_FEDERATED_TOKEN_FILE") != null) {
            chain.addLast(new WorkloadIdentityCredentialBuilder().build());
        }
        return with(
                chain.addLast(new ManagedIdentityCredentialBuilder().build()).build());
    }

    /** With this credential's tokens for Azure Storage; the service cannot make it ask for others. */
    BlobContainerClient with(TokenCredential credential) {
        return builder()
                .addPolicy(new BearerTokenAuthenticationPolicy(credential, SCOPE))
                .buildClient();
    }

    /** With the account's key; for emulators. */
    BlobContainerClient withKey(String key) {
        return builder()
                .credential(
                        new StorageSharedKeyCredential(BlobUrlParts.parse(url).getAccountName(), key))
                .buildClient();
    }

    private BlobContainerClientBuilder builder() {
        return new BlobContainerClientBuilder().endpoint(url).httpClient(http).retryOptions(retries);
    }

    /** Whether this is the URL of a container, and of nothing else. */
    static boolean isUrl(String url, boolean allowHttp) {
        try {
            URI uri = URI.create(url);
            BlobUrlParts parts = BlobUrlParts.parse(url);
            return ("https".equals(uri.getScheme()) || (allowHttp && "http".equals(uri.getScheme())))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && isName(parts.getBlobContainerName())
                    && isAbsent(parts.getBlobName());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isName(@Nullable String name) {
        return name != null && name.matches("[a-z0-9](-?[a-z0-9]){2,62}");
    }

    private static boolean isAbsent(@Nullable String name) {
        return name == null || name.isEmpty();
    }
}
