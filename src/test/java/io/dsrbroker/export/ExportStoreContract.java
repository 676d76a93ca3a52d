package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dsrbroker.shared.Digests;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every export store does; those who use one need not know which it is. */
abstract class ExportStoreContract {

    static final int MB = 1 << 20;

    /** The one under test; empty at the beginning of each. */
    abstract ExportStore store() throws IOException;

    static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    static void put(ExportStore store, String key, byte[] content) throws IOException {
        try (ExportStore.Upload upload = store.begin(key)) {
            try (OutputStream to = upload.stream()) {
                to.write(content);
            }
            upload.complete();
        }
    }

    static byte[] get(ExportStore store, String key) throws IOException {
        try (InputStream from = Channels.newInputStream(store.open(key))) {
            return from.readAllBytes();
        }
    }

    static void assertMissing(ExportStore store, String key) {
        assertThatThrownBy(() -> store.open(key)).isInstanceOf(FileNotFoundException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65_535, 65_536, 65_537, 262_144, 262_145, MB - 1, MB, MB + 1, 2 * MB, 5 * MB + 17})
    void whatWasWrittenIsRead(int bytes) throws IOException {
        ExportStore store = store();
        put(store, "contents/job/" + bytes, noise(bytes));
        assertThat(get(store, "contents/job/" + bytes)).isEqualTo(noise(bytes));
        try (SeekableByteChannel channel = store.open("contents/job/" + bytes)) {
            assertThat(channel.size()).isEqualTo(bytes);
        }
    }

    @Test
    void singleBytesAndPartsOfArraysArriveInTheirOrder() throws IOException {
        ExportStore store = store();
        byte[] noise = noise(3 * MB);
        try (ExportStore.Upload upload = store.begin("a")) {
            OutputStream to = upload.stream();
            to.write(noise[0]);
            to.write(noise, 1, 10);
            to.write(noise, 11, 2 * MB);
            to.flush();
            to.write(noise, 11 + 2 * MB, noise.length - 11 - 2 * MB);
            upload.complete();
        }
        assertThat(get(store, "a")).isEqualTo(noise);
    }

    @Test
    void nothingIsVisibleBeforeItIsComplete() throws IOException {
        ExportStore store = store();
        try (ExportStore.Upload upload = store.begin("contents/job/a")) {
            upload.stream().write(noise(3 * MB));
            upload.stream().close();
            assertMissing(store, "contents/job/a");
            upload.complete();
            assertThat(get(store, "contents/job/a")).isEqualTo(noise(3 * MB));
        }
    }

    @Test
    void brokenUploadLeavesNothingBehind() throws IOException {
        ExportStore store = store();
        assertThatThrownBy(() -> {
                    try (ExportStore.Upload upload = store.begin("contents/job/a")) {
                        try (OutputStream to = upload.stream()) {
                            to.write(noise(3 * MB));
                            throw new IOException("the source broke off");
                        }
                    }
                })
                .hasMessage("the source broke off");
        assertMissing(store, "contents/job/a");
    }

    @Test
    void brokenUploadLeavesTheOlderObjectAsItWas() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(100));
        try (ExportStore.Upload upload = store.begin("a")) {
            upload.stream().write(noise(2 * MB));
        }
        assertThat(get(store, "a")).isEqualTo(noise(100));
    }

    @Test
    void anOlderObjectIsReplaced() throws IOException {
        ExportStore store = store();
        put(store, "packages/job/package.zip", noise(3 * MB));
        put(store, "packages/job/package.zip", noise(10));
        assertThat(get(store, "packages/job/package.zip")).isEqualTo(noise(10));
        put(store, "packages/job/package.zip", noise(2 * MB));
        assertThat(get(store, "packages/job/package.zip")).isEqualTo(noise(2 * MB));
    }

    @Test
    void whoReadsWhileItIsReplacedNeverGetsAMixture() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(3 * MB));
        try (SeekableByteChannel channel = store.open("a")) {
            byte[] begin = new byte[1000];
            assertThat(channel.read(ByteBuffer.wrap(begin))).isPositive();
            byte[] other = noise(3 * MB);
            for (int i = 0; i < other.length; i++) {
                other[i] ^= 1;
            }
            put(store, "a", other);
            channel.position(2L * MB);
            byte[] later = new byte[1000];
            try {
                int read = channel.read(ByteBuffer.wrap(later));
                assertThat(java.util.Arrays.copyOf(later, read))
                        .isEqualTo(java.util.Arrays.copyOfRange(noise(3 * MB), 2 * MB, 2 * MB + read));
            } catch (IOException e) {
                assertThat(e).isNotInstanceOf(FileNotFoundException.class);
            }
        }
    }

    @Test
    void twoThatWriteTheSameObjectMakeOneOfTheTwo() throws IOException {
        ExportStore store = store();
        byte[] one = noise(3 * MB);
        byte[] two = noise(3 * MB + 1);
        try (ExportStore.Upload first = store.begin("a");
                ExportStore.Upload second = store.begin("a")) {
            for (int at = 0; at < 3 * MB; at += MB / 2) {
                first.stream().write(one, at, MB / 2);
                second.stream().write(two, at, MB / 2);
            }
            second.stream().write(two[3 * MB]);
            first.complete();
            assertThat(get(store, "a")).isEqualTo(one);
            try {
                second.complete();
                assertThat(get(store, "a")).isEqualTo(two);
            } catch (IOException e) {
                assertThat(get(store, "a")).isEqualTo(one);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 262_143, 262_144, 262_145, MB, 2 * MB - 1, 2 * MB, 2 * MB + 16, 2 * MB + 17, 9 * MB})
    void readingBeginsAnywhere(long offset) throws IOException {
        ExportStore store = store();
        byte[] noise = noise(2 * MB + 17);
        put(store, "a", noise);
        try (SeekableByteChannel channel = store.open("a")) {
            assertThat(channel.position(offset).position()).isEqualTo(offset);
            byte[] rest = Channels.newInputStream(channel).readAllBytes();
            int from = (int) Math.min(offset, noise.length);
            assertThat(rest).isEqualTo(java.util.Arrays.copyOfRange(noise, from, noise.length));
            assertThat(channel.read(ByteBuffer.allocate(1))).isEqualTo(-1);
            channel.position(5);
            ByteBuffer again = ByteBuffer.allocate(1);
            assertThat(channel.read(again)).isEqualTo(1);
            assertThat(again.get(0)).isEqualTo(noise[5]);
        }
    }

    @Test
    void closedChannelReadsNothing() throws IOException {
        ExportStore store = store();
        put(store, "a", noise(10));
        SeekableByteChannel channel = store.open("a");
        assertThat(channel.isOpen()).isTrue();
        channel.close();
        channel.close();
        assertThat(channel.isOpen()).isFalse();
        assertThatThrownBy(() -> channel.read(ByteBuffer.allocate(1))).isInstanceOf(ClosedChannelException.class);
    }

    @Test
    void whatIsNotThereIsNotFoundAndCanBeDeleted() throws IOException {
        ExportStore store = store();
        assertMissing(store, "packages/nobody/package.zip");
        store.delete("packages/nobody/package.zip");
        store.delete("packages/nobody");
        store.delete("never");
    }

    @Test
    void deletingAFolderDeletesAllThatLiesInItAndNothingElse() throws IOException {
        ExportStore store = store();
        for (int i = 0; i < 23; i++) {
            put(store, "contents/job/task-" + i, noise(i));
        }
        put(store, "contents/job/deep/er", noise(1));
        put(store, "contents/job-2/task", noise(2));
        put(store, "contents/jo", noise(3));
        store.delete("contents/job");
        for (int i = 0; i < 23; i++) {
            assertMissing(store, "contents/job/task-" + i);
        }
        assertMissing(store, "contents/job/deep/er");
        assertThat(get(store, "contents/job-2/task")).isEqualTo(noise(2));
        assertThat(get(store, "contents/jo")).isEqualTo(noise(3));
        store.delete("contents/jo");
        store.delete("contents/job");
        assertMissing(store, "contents/jo");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a b",
                "100%",
                "%2F",
                "%2e%2e",
                "a+b",
                "a#b",
                "a?b=c&d",
                "a&<b>'\"",
                "ü/日本/😀",
                "…",
                "a;b,c:d@e$f!g*h(i)",
                ".hidden",
                "trailing.",
                "~"
            })
    void oddNamesAreNamesLikeOthers(String name) throws IOException {
        ExportStore store = store();
        put(store, "odd/" + name, name.getBytes(StandardCharsets.UTF_8));
        put(store, "odd/other", noise(1));
        assertThat(get(store, "odd/" + name)).isEqualTo(name.getBytes(StandardCharsets.UTF_8));
        store.delete("odd/" + name);
        assertMissing(store, "odd/" + name);
        assertThat(get(store, "odd/other")).isEqualTo(noise(1));
        put(store, "odd/" + name + "/below", noise(1));
        store.delete("odd");
        assertMissing(store, "odd/" + name + "/below");
        assertMissing(store, "odd/other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/a", "a/", "a//b", ".", "..", "../a", "a/../../b", "a/./b", "a\\b", "a\u0000b"})
    void whatIsNoKeyIsRefused(String key) throws IOException {
        ExportStore store = store();
        assertThatThrownBy(() -> store.begin(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.open(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> store.delete(key)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void largeContentPassesThrough() throws IOException {
        ExportStore store = store();
        byte[] piece = noise(MB + 3);
        MessageDigest written = Digests.sha256();
        try (ExportStore.Upload upload = store.begin("large");
                OutputStream to = new DigestOutputStream(upload.stream(), written)) {
            for (int i = 0; i < 40; i++) {
                to.write(piece);
            }
            upload.complete();
        }
        MessageDigest read = Digests.sha256();
        try (InputStream from = new DigestInputStream(Channels.newInputStream(store.open("large")), read)) {
            assertThat(from.transferTo(OutputStream.nullOutputStream())).isEqualTo(40L * piece.length);
        }
        assertThat(read.digest()).isEqualTo(written.digest());
    }
}
