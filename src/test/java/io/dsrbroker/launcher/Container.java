package io.dsrbroker.launcher;

import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.storage.blob.BlobContainerClientBuilder;
import com.azure.storage.blob.BlobUrlParts;
import com.azure.storage.common.StorageSharedKeyCredential;
import java.io.PrintStream;

/** A container of an emulated account: in Azure, an operator makes it, and the broker never does. */
final class Container {

    private final String url;
    private final PrintStream out;

    Container(String url, PrintStream out) {
        this.url = url;
        this.out = out;
    }

    /** Makes it with the account's key, unless it is there. */
    void make(String key) {
        new BlobContainerClientBuilder()
                .endpoint(url)
                .credential(
                        new StorageSharedKeyCredential(BlobUrlParts.parse(url).getAccountName(), key))
                .httpClient(new JdkHttpClientBuilder().build())
                .buildClient()
                .createIfNotExists();
        out.println("Container: " + url);
    }
}
