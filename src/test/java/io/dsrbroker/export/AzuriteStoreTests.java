package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.storage.blob.BlobContainerClient;
import io.dsrbroker.support.Azurite;
import io.dsrbroker.support.BlobService;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The same on Microsoft's emulator, where there is one: it proves what our own double of the service says. */
class AzuriteStoreTests extends ExportStoreContract {

    private static @Nullable Azurite azurite;
    private static int containers;

    @BeforeAll
    static void start() throws IOException {
        Optional<Path> program = Azurite.program();
        Assumptions.assumeTrue(
                program.isPresent(),
                "no Azurite here: npm install -g azurite, or name it with -Ddsr.test.azurite=PATH");
        azurite = Azurite.start(program.get());
    }

    @AfterAll
    static void stop() {
        if (azurite != null) {
            azurite.close();
        }
    }

    private static BlobContainerClient container() {
        Azurite running = java.util.Objects.requireNonNull(azurite);
        return BlobContainer.at(running.url("store-" + ++containers)).withKey(BlobService.KEY);
    }

    @Override
    ExportStore store() {
        BlobContainerClient container = container();
        container.create();
        return new BlobStore(container);
    }

    @Test
    void missingContainerIsSaid() {
        ExportStore store = new BlobStore(container());
        assertThatThrownBy(() -> store.open("a"))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(FileNotFoundException.class)
                .hasMessageContaining("container does not exist");
        assertThatThrownBy(() -> put(store, "a", noise(1))).hasMessageContaining("container does not exist");
        assertThatThrownBy(() -> store.delete("a")).hasMessageContaining("container does not exist");
    }

    @Test
    void wrongKeyIsSaidWithoutTheServicesWords() {
        ExportStore store = new BlobStore(
                BlobContainer.at(java.util.Objects.requireNonNull(azurite).url("store-1"))
                        .withKey("c29tZWJvZHkgZWxzZSdzIGtleQ=="));
        assertThatThrownBy(() -> store.open("a"))
                .isInstanceOf(IOException.class)
                .hasMessageMatching("Azure Blob Storage answered HTTP 403 [A-Za-z]+")
                .hasNoCause();
        assertThat(store.place()).contains("store-1");
    }
}
