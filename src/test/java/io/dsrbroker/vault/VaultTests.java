package io.dsrbroker.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.Database;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;

class VaultTests {

    private static final JdbcClient JDBC = JdbcClient.create(Database.fresh().migrated());
    private static final MeterRegistry METERS = new SimpleMeterRegistry();
    private static final VaultMetrics METRICS = new VaultMetrics(METERS);
    private static final byte[] SECRET = "jane.doe@example.com".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final JobId job = new JobId(UUID.randomUUID());
    private final JobId other = new JobId(UUID.randomUUID());
    private KeysetFile keyset;
    private Vault vault;

    @BeforeEach
    void empty() {
        JDBC.sql("truncate data_key").update();
        keyset = new KeysetFile(folder.resolve("keyset.json"));
        assertThat(keyset.create()).isTrue();
        vault = replica();
        new DataKeys(JDBC, keyset, METRICS).create(DataKeys.FINGERPRINTS);
        vault.begin(job);
        vault.begin(other);
    }

    /** With a memory of its own. */
    private Vault replica() {
        return new SealingVault(new DataKeys(JDBC, keyset, METRICS), METRICS);
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    private byte[] sealedStream(byte[] plain) throws IOException {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        try (OutputStream to = vault.sealing(job, "package/1", sealed)) {
            to.write(plain);
        }
        return sealed.toByteArray();
    }

    @Test
    void whatIsSealedOpensForItsPlaceAndJobOnly() {
        byte[] sealed = vault.seal(job, "task/1/key", SECRET);
        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("jane");
        assertThat(vault.open(job, "task/1/key", sealed)).isEqualTo(SECRET);
        assertThat(replica().open(job, "task/1/key", sealed)).isEqualTo(SECRET);
        for (String place : List.of("task/2/key", "task/1/cursor", "task/1/key/", "")) {
            assertThatThrownBy(() -> vault.open(job, place, sealed)).isInstanceOf(SealBroken.class);
        }
        assertThatThrownBy(() -> vault.open(other, "task/1/key", sealed)).isInstanceOf(SealBroken.class);
    }

    @Test
    void everyChangedBitIsNoticed() {
        byte[] sealed = vault.seal(job, "task/1/key", SECRET);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> vault.open(job, "task/1/key", changed)).isInstanceOf(SealBroken.class);
        }
        assertThatThrownBy(() -> vault.open(job, "task/1/key", Arrays.copyOf(sealed, sealed.length - 1)))
                .isInstanceOf(SealBroken.class);
    }

    @Test
    void sameValueLooksDifferentEachTime() {
        assertThat(vault.seal(job, "task/1/key", SECRET)).isNotEqualTo(vault.seal(job, "task/1/key", SECRET));
    }

    @Test
    void streamsOpenFromAnyByteWithoutReadingWhatLiesBefore() throws Exception {
        byte[] plain = noise(1_000_000);
        Path file = folder.resolve("sealed");
        Files.write(file, sealedStream(plain));
        for (int offset : new int[] {0, 1, 65_500, 65_536, 500_000, 999_999, 1_000_000}) {
            try (SeekableByteChannel channel = Files.newByteChannel(file);
                    InputStream in = vault.opening(job, "package/1", channel, offset)) {
                assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(plain, offset, plain.length));
            }
        }
        // What lies before is broken, and nobody notices who does not ask for it.
        byte[] broken = Files.readAllBytes(file);
        broken[1000] ^= 1;
        Files.write(file, broken);
        try (SeekableByteChannel channel = Files.newByteChannel(file);
                InputStream in = vault.opening(job, "package/1", channel, 900_000)) {
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(plain, 900_000, plain.length));
        }
        try (SeekableByteChannel channel = Files.newByteChannel(file);
                InputStream in = vault.opening(job, "package/1", channel, 0)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void streamsThatAreShortenedReorderedOrMovedAreNoticed() throws Exception {
        byte[] sealed = sealedStream(noise(300_000));
        assertUnreadable("package/1", Arrays.copyOf(sealed, sealed.length - 1));
        assertUnreadable("package/1", Arrays.copyOf(sealed, 65_536));
        byte[] swapped = sealed.clone();
        System.arraycopy(sealed, 65_536, swapped, 131_072, 65_536);
        System.arraycopy(sealed, 131_072, swapped, 65_536, 65_536);
        assertUnreadable("package/1", swapped);
        assertUnreadable("package/2", sealed);
    }

    private void assertUnreadable(String place, byte[] sealed) throws IOException {
        try (InputStream in = vault.opening(job, place, new ByteArrayInputStream(sealed))) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void keysOfTwoJobsCannotBeExchanged() {
        byte[] sealed = vault.seal(job, "task/1/key", SECRET);
        JDBC.sql("""
                update data_key k set wrapped = o.wrapped from data_key o
                where (k.owner, o.owner) in ((:one, :other), (:other, :one))
                """).param("one", job.value()).param("other", other.value()).update();
        assertThatThrownBy(() -> replica().open(job, "task/1/key", sealed)).isInstanceOf(KeysetUnusable.class);
    }

    @Test
    void rotatedKeysetWrapsTheKeysAnewAndNothingElse() throws Exception {
        byte[] sealed = vault.seal(job, "task/1/key", SECRET);
        byte[] stream = sealedStream(SECRET);
        String mark = vault.mark(job, "key");
        String fingerprint = vault.fingerprint(SECRET);
        byte[] wrappedBefore = wrapped();

        String fresh = keyset.add();
        // Every broker has it before one wraps with it.
        new Rewrapping(new DataKeys(JDBC, keyset, METRICS)).look();
        assertThat(kek(job)).isNotEqualTo(fresh);
        assertThat(keyset.promote()).isEqualTo(fresh);
        JobId begunAfter = new JobId(UUID.randomUUID());
        vault.begin(begunAfter);
        assertThat(kek(begunAfter)).isEqualTo(fresh);
        assertThat(kek(job)).isNotEqualTo(fresh);
        assertThat(replica().open(job, "task/1/key", sealed)).isEqualTo(SECRET);

        new Rewrapping(new DataKeys(JDBC, keyset, METRICS)).look();
        assertThat(JDBC.sql("select distinct kek from data_key")
                        .query(String.class)
                        .list())
                .containsExactly(fresh);
        assertThat(wrapped()).isNotEqualTo(wrappedBefore);
        assertThat(keyset.prune()).hasSize(1);

        Vault later = replica();
        assertThat(later.open(job, "task/1/key", sealed)).isEqualTo(SECRET);
        assertThat(later.opening(job, "package/1", new ByteArrayInputStream(stream))
                        .readAllBytes())
                .isEqualTo(SECRET);
        assertThat(later.mark(job, "key")).isEqualTo(mark);
        assertThat(later.fingerprint(SECRET)).isEqualTo(fingerprint);
    }

    private byte[] wrapped() {
        return JDBC.sql("select wrapped from data_key where owner = :owner")
                .param("owner", job.value())
                .query(byte[].class)
                .single();
    }

    private String kek(JobId owner) {
        return JDBC.sql("select kek from data_key where owner = :owner")
                .param("owner", owner.value())
                .query(String.class)
                .single();
    }

    private static double failures(String operation) {
        return METERS.get("dsr.vault.failures")
                .tag("operation", operation)
                .counter()
                .count();
    }

    @Test
    void failuresAreCounted() throws Exception {
        byte[] sealed = vault.seal(job, "task/1/key", SECRET);
        double opened = failures("open");
        assertThatThrownBy(() -> vault.open(other, "task/1/key", sealed)).isInstanceOf(SealBroken.class);
        assertThat(failures("open")).isEqualTo(opened + 1);
        double unwrapped = failures("unwrap");
        JDBC.sql("update data_key set wrapped = '\\x00'::bytea || wrapped where owner = :job")
                .param("job", job.value())
                .update();
        assertThatThrownBy(() -> replica().open(job, "task/1/key", sealed)).isInstanceOf(KeysetUnusable.class);
        assertThat(failures("unwrap")).isEqualTo(unwrapped + 1);
        double wrapped = failures("wrap");
        Files.delete(folder.resolve("keyset.json"));
        assertThatThrownBy(() -> new DataKeys(JDBC, new KeysetFile(folder.resolve("keyset.json")), METRICS)
                        .create(UUID.randomUUID()))
                .isInstanceOf(KeysetUnusable.class);
        assertThat(failures("wrap")).isEqualTo(wrapped + 1);
        vault.destroy(job);
        assertThatThrownBy(() -> vault.open(job, "task/1/key", sealed)).isInstanceOf(KeyDestroyed.class);
        assertThat(failures("open")).as("what is erased is no failure").isEqualTo(opened + 1);
    }

    @Test
    void nothingOpensOnceTheKeyIsDestroyed() throws Exception {
        byte[] sealed = vault.seal(job, "task/1/key", SECRET);
        byte[] stream = sealedStream(SECRET);
        byte[] others = vault.seal(other, "task/1/key", SECRET);
        vault.destroy(job);
        for (Vault each : List.of(vault, replica())) {
            assertThatThrownBy(() -> each.open(job, "task/1/key", sealed)).isInstanceOf(KeyDestroyed.class);
            assertThatThrownBy(() -> each.opening(job, "package/1", new ByteArrayInputStream(stream)))
                    .isInstanceOf(KeyDestroyed.class);
            assertThatThrownBy(() -> each.seal(job, "task/1/key", SECRET)).isInstanceOf(KeyDestroyed.class);
            assertThatThrownBy(() -> each.mark(job, "key")).isInstanceOf(KeyDestroyed.class);
            assertThat(each.open(other, "task/1/key", others)).isEqualTo(SECRET);
        }
        vault.begin(job);
        assertThatThrownBy(() -> replica().open(job, "task/1/key", sealed)).isInstanceOf(SealBroken.class);
    }

    @Test
    void marksAndFingerprintsNeedTheirKeys() {
        assertThat(vault.mark(job, "run-17"))
                .matches("[0-9a-f]{64}")
                .isEqualTo(replica().mark(job, "run-17"))
                .isNotEqualTo(vault.mark(other, "run-17"))
                .isNotEqualTo(vault.mark(job, "run-18"));
        assertThat(vault.fingerprint(SECRET))
                .matches("[0-9a-f]{64}")
                .isEqualTo(replica().fingerprint(SECRET))
                .isNotEqualTo(io.dsrbroker.shared.Digests.hex(SECRET));
    }

    @Test
    void wrongOrMissingKeysetKeepsTheBrokerFromStarting() {
        VaultConfiguration configuration = new VaultConfiguration();
        KeysetFile wrong = new KeysetFile(folder.resolve("wrong.json"));
        assertThatThrownBy(() -> configuration.unsealing(wrong, new DataKeys(JDBC, wrong, METRICS)))
                .isInstanceOf(KeysetUnusable.class)
                .hasMessageContaining("restore it");
        assertThat(wrong.exists()).isFalse();
        assertThat(wrong.create()).isTrue();
        assertThatThrownBy(() -> configuration.unsealing(wrong, new DataKeys(JDBC, wrong, METRICS)))
                .isInstanceOf(KeysetUnusable.class)
                .hasMessageContaining("cannot unwrap");
        configuration.unsealing(keyset, new DataKeys(JDBC, keyset, METRICS));

        JDBC.sql("truncate data_key").update();
        KeysetFile first = new KeysetFile(folder.resolve("new/first.json"));
        configuration.unsealing(first, new DataKeys(JDBC, first, METRICS));
        assertThat(first.exists()).isTrue();
    }

    @Test
    void locationThatNobodyKnowsIsRefused() {
        for (String location : List.of(
                "s3:bucket/keyset.json",
                "",
                "file:",
                "azure-key-vault:http://vault.azure.net/keys/a",
                "azure-key-vault:https://vault.azure.net/a")) {
            assertThatThrownBy(() -> new VaultConfiguration().keyEncryption(new VaultProperties(location)))
                    .isInstanceOf(KeysetUnusable.class);
        }
    }
}
