package io.dsrbroker.export;

import io.dsrbroker.egress.Egress;
import java.nio.file.Path;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Opens the export store. */
@Configuration(proxyBeanMethods = false)
class ExportConfiguration {

    private static final String BLOB = "azure-blob:";

    @Bean
    CheckedStore exportStore(ExportProperties properties, Egress egress, StoreRows rows, ExportMetrics metrics) {
        ExportStore store = store(properties, egress.allowHttp());
        if (store instanceof FolderStore) {
            metrics.watch(Path.of(properties.store()));
        }
        // The same path is another folder on another machine.
        String host = System.getenv().getOrDefault("HOSTNAME", "this host");
        String place = store instanceof FolderStore ? store.place() + " on " + host : store.place();
        return new CheckedStore(store, new StoreCheck(rows, properties.storeMoved()), place).begin();
    }

    static ExportStore store(ExportProperties properties, boolean allowHttp) {
        String store = properties.store();
        if (!store.startsWith(BLOB)) {
            if (store.matches("[A-Za-z][A-Za-z0-9+.-]+:.*")) {
                throw new IllegalArgumentException("dsr.export.store must be a path, or begin with " + BLOB);
            }
            return new FolderStore(Path.of(store));
        }
        String url = store.substring(BLOB.length());
        if (!BlobContainer.isUrl(url, allowHttp)) {
            throw new IllegalArgumentException("dsr.export.store must be " + BLOB
                    + "https://<account>.blob.core.windows.net/<container>, without a signature or anything else");
        }
        BlobContainer container = BlobContainer.at(url);
        String key = properties.accountKey();
        return new BlobStore(key == null || key.isBlank() ? container.withIdentity() : container.withKey(key));
    }
}
