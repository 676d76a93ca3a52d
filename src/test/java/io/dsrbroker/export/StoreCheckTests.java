package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dsrbroker.support.BlobService;
import io.dsrbroker.support.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;

/** Which stores a database's brokers may start with; asked as the role under which they work. */
class StoreCheckTests {

    private static final Database DATABASE = migrated();
    private static final JdbcClient JDBC = application();

    @TempDir
    private Path folder = Path.of(".");

    private static Database migrated() {
        Database database = Database.fresh();
        database.migrated();
        return database;
    }

    private static JdbcClient application() {
        return JdbcClient.create(new DriverManagerDataSource(
                setting("spring.datasource.url"),
                setting("spring.datasource.username"),
                setting("spring.datasource.password")));
    }

    private static String setting(String name) {
        return Objects.requireNonNull(DATABASE.settings().get(name));
    }

    @BeforeEach
    void nothingIsKnown() {
        JDBC.sql("delete from export_store").update();
        JDBC.sql("delete from payload").update();
    }

    private ExportStore folder(String name) {
        return new FolderStore(folder.resolve(name));
    }

    private static UUID start(ExportStore store) throws IOException {
        return start(store, null);
    }

    private static UUID start(ExportStore store, @Nullable UUID moved) throws IOException {
        return new StoreCheck(new StoreRows(JDBC), moved).check(store, store.place());
    }

    private static void unusedForLong() {
        JDBC.sql("update export_store set used_at = now() - interval '1 day'").update();
    }

    private static void holdsContent() {
        JDBC.sql("""
                insert into payload (job_id, task_id, part, store, sha256, bytes)
                values (gen_random_uuid(), gen_random_uuid(), 0, 'contents/a/b', 'c0ffee', 1)
                """).update();
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private void copy(String from, String to) throws IOException {
        FileSystemUtils.copyRecursively(folder.resolve(from), folder.resolve(to));
    }

    /** What became of brokers that start at the same moment. */
    private static List<Object> together(List<ExportStore> stores) throws InterruptedException {
        CyclicBarrier barrier = new CyclicBarrier(stores.size());
        List<Future<UUID>> starts = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(stores.size())) {
            stores.forEach(store -> starts.add(threads.submit(() -> {
                barrier.await();
                return start(store);
            })));
        }
        List<Object> outcomes = new ArrayList<>();
        for (Future<UUID> start : starts) {
            try {
                outcomes.add(start.get());
            } catch (ExecutionException e) {
                outcomes.add(e.getCause());
            }
        }
        return outcomes;
    }

    @Test
    void laterBrokersStartWithTheSameFolder() throws IOException {
        UUID id = start(folder("a"));
        assertThat(start(folder("a"))).isEqualTo(id);
        unusedForLong();
        assertThat(start(folder("a"))).isEqualTo(id);
        assertThat(files("a")).containsExactly("dsr-export-store-" + id);
    }

    @Test
    void ofTwoThatStartTogetherWithFoldersOfTheirOwnOneIsRefused() throws Exception {
        for (int i = 0; i < 20; i++) {
            nothingIsKnown();
            List<Object> outcomes = together(List.of(folder("a" + i), folder("b" + i)));
            assertThat(outcomes).filteredOn(UUID.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(ForeignStore.class::isInstance).hasSize(1);
            UUID id = (UUID)
                    outcomes.stream().filter(UUID.class::isInstance).findFirst().orElseThrow();
            List<String> left = new ArrayList<>();
            for (String name : List.of("a" + i, "b" + i)) {
                if (Files.exists(folder.resolve(name))) {
                    left.addAll(files(name));
                }
            }
            assertThat(left).as("the refused one leaves nothing").containsExactly("dsr-export-store-" + id);
        }
    }

    @Test
    void allThatStartTogetherWithOneFolderStart() throws Exception {
        for (int i = 0; i < 20; i++) {
            nothingIsKnown();
            String name = "shared" + i;
            List<Object> outcomes = together(List.of(folder(name), folder(name), folder(name)));
            assertThat(outcomes).hasOnlyElementsOfType(UUID.class).containsOnly(outcomes.getFirst());
            assertThat(files(name)).containsExactly("dsr-export-store-" + outcomes.getFirst());
        }
    }

    @Test
    void refusalNamesTheFolderTheStoreAndWhatToDo() throws IOException {
        UUID id = start(folder("a"));
        assertThatThrownBy(() -> start(folder("b"))).isInstanceOfSatisfying(ForeignStore.class, refusal -> {
            assertThat(refusal)
                    .hasMessageContaining(folder.resolve("b").toString())
                    .hasMessageContaining(folder.resolve("a").toString())
                    .hasMessageContaining(id.toString());
            assertThat(refusal.remedy()).contains("ReadWriteMany", "azure-blob:", "dsr.export.store-moved=" + id);
            assertThat(new ForeignStoreAnalysis().analyze(new IllegalStateException(refusal)))
                    .isNotNull()
                    .extracting(FailureAnalysis::getAction)
                    .isEqualTo(refusal.remedy());
        });
    }

    @Test
    void emptyFolderIsRefusedWhileAnotherBrokerUsesTheStore() throws IOException {
        start(folder("a"));
        assertThatThrownBy(() -> start(folder("b"))).isInstanceOf(ForeignStore.class);
    }

    @Test
    void refusedBrokersDoNotMakeTheStoreLookUsed() throws IOException {
        start(folder("a"));
        unusedForLong();
        holdsContent();
        assertThatThrownBy(() -> start(folder("b"))).isInstanceOf(ForeignStore.class);
        assertThat(new StoreRows(JDBC).known().orElseThrow().recent()).isFalse();
    }

    @Test
    void emptyFolderIsTakenWhenNobodyUsesTheStoreAndNothingWasInIt() throws IOException {
        UUID old = start(folder("a"));
        unusedForLong();
        UUID id = start(folder("b"));
        assertThat(id).isNotEqualTo(old);
        assertThatThrownBy(() -> start(folder("a"))).isInstanceOf(ForeignStore.class);
    }

    @Test
    void freshFolderIsRefusedWhereObjectsWereLost() throws IOException {
        start(folder("a"));
        holdsContent();
        unusedForLong();
        FileSystemUtils.deleteRecursively(folder.resolve("a"));
        assertThatThrownBy(() -> start(folder("a"))).isInstanceOf(ForeignStore.class);
    }

    @Test
    void packageThatCanStillBeHadCountsAndASweptOneDoesNot() throws IOException {
        start(folder("a"));
        unusedForLong();
        UUID job = UUID.randomUUID();
        JDBC.sql("""
                with j as (insert into job (id, type, export_first, regulation, external_id, stage, received_at, created_at,
                                            due_at, created_by_sub, catalogue_hash, subject, version)
                           values (:id, 'EXPORT', false, 'GDPR', 'portal-4711', 'COMPLETED', now(), now(), now(), 'clerk',
                                   'c0ffee', '', 0) returning id)
                insert into package (job_id, store, sha256, bytes, created_at, expires_at)
                select id, 'packages/a', 'c0ffee', 1, now(), now() from j
                """).param("id", job).update();
        assertThatThrownBy(() -> start(folder("b"))).isInstanceOf(ForeignStore.class);
        JDBC.sql("update job set swept = true where id = :id").param("id", job).update();
        start(folder("b"));
    }

    @Test
    void folderThatWasCopiedOrRestoredWithAllThatWasInItIsTheSameStore() throws IOException {
        UUID id = start(folder("a"));
        holdsContent();
        copy("a", "b");
        assertThat(start(folder("b"))).isEqualTo(id);
    }

    @Test
    void operatorMayGiveTheOldStoreUpOnce() throws IOException {
        UUID old = start(folder("a"));
        holdsContent();
        assertThatThrownBy(() -> start(folder("b"), UUID.randomUUID())).isInstanceOf(ForeignStore.class);
        UUID id = start(folder("b"), old);
        assertThat(start(folder("b"), old)).isEqualTo(id);
        assertThatThrownBy(() -> start(folder("c"), old)).isInstanceOf(ForeignStore.class);
        assertThatThrownBy(() -> start(folder("a"), old)).isInstanceOf(ForeignStore.class);
    }

    @Test
    void containerIsAnotherStoreThanTheFolderUntilAllWasCopied() throws IOException {
        try (BlobService service = new BlobService()) {
            ExportStore blobs =
                    new BlobStore(BlobContainer.at(service.container("store")).withKey(BlobService.KEY));
            UUID id = start(folder("a"));
            holdsContent();
            assertThatThrownBy(() -> start(blobs))
                    .isInstanceOf(ForeignStore.class)
                    .hasMessageContaining(service.url() + "/store");
            assertThat(service.names("store")).isEmpty();
            ExportStoreContract.put(blobs, StoreCheck.marker(id), new byte[0]);
            assertThat(start(blobs)).isEqualTo(id);
            assertThat(service.asked().getLast().method()).isEqualTo("GET");
        }
    }

    private static CheckedStore checked(ExportStore store) {
        return new CheckedStore(store, new StoreCheck(new StoreRows(JDBC), null), store.place());
    }

    @Test
    void unreachableStoreDoesNotKeepTheBrokerFromStartingAndIsLookedAtWithEveryUse() throws IOException {
        try (BlobService service = new BlobService()) {
            CheckedStore store = checked(
                    new BlobStore(BlobContainer.at(service.url() + "/store").withKey(BlobService.KEY)));
            store.begin();
            assertThatThrownBy(() -> store.begin("a")).hasMessageContaining("container does not exist");
            assertThatThrownBy(() -> store.open("a")).hasMessageContaining("container does not exist");
            assertThatThrownBy(() -> store.delete("a")).hasMessageContaining("container does not exist");
            service.container("store");
            ExportStoreContract.put(store, "a", new byte[] {7});
            assertThat(ExportStoreContract.get(store, "a")).containsExactly(7);
            assertThat(service.names("store")).containsExactly("a", StoreCheck.marker(store.checked()));
        }
    }

    @Test
    void storeThatTurnsOutToBeAnotherIsUsedForNothing() throws IOException {
        start(folder("a"));
        try (BlobService service = new BlobService()) {
            CheckedStore store = checked(
                    new BlobStore(BlobContainer.at(service.url() + "/store").withKey(BlobService.KEY)));
            store.begin();
            service.container("store");
            assertThatThrownBy(() -> store.begin("a"))
                    .isInstanceOf(IOException.class)
                    .hasCauseInstanceOf(ForeignStore.class);
            assertThatThrownBy(() -> store.delete("a")).isInstanceOf(IOException.class);
            assertThatThrownBy(store::begin).isInstanceOf(ForeignStore.class);
            assertThat(service.names("store")).isEmpty();
        }
    }

    @Test
    void brokerThatWentOnWithAGivenUpStoreNoticesWhenItSaysThatItUsesIt() throws IOException {
        CheckedStore left = checked(folder("a")).begin();
        start(folder("b"), left.checked());
        assertThat(new StoreRows(JDBC).used(left.checked())).isFalse();
        left.reconsider();
        assertThatThrownBy(() -> left.begin("contents/a"))
                .isInstanceOf(IOException.class)
                .hasCauseInstanceOf(ForeignStore.class);
    }
}
