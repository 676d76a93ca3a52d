package io.dsrbroker.vault;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.dsrbroker.shared.SecretFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Key-encryption keys in a Tink keyset in a file; the primary one is used for what is wrapped from now on. The file is
 * read again when it changes, so keys are rotated while the broker runs.
 */
final class KeysetFile implements KeyEncryption {

    private static final Configuration TINK = registered();

    private final Path file;
    private volatile @Nullable Loaded loaded;

    /** What the file held when it was last read. */
    private record Loaded(String content, String primary, List<String> ids, Aead aead) {}

    KeysetFile(Path file) {
        this.file = file;
    }

    private static Configuration registered() {
        try {
            AeadConfig.register();
            return RegistryConfiguration.get();
        } catch (GeneralSecurityException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    boolean exists() {
        return Files.exists(file);
    }

    /** Makes the file with one key; answers false where it is there already. */
    boolean create() {
        return SecretFiles.create(file, serialized(generated()));
    }

    /** Adds a key that unwraps; it does not wrap before {@link #promote}. Answers its name. */
    String add() {
        return changed(
                keyset -> keyset.addEntry(KeysetHandle.generateEntryFromParameters(PredefinedAeadParameters.AES256_GCM)
                        .withRandomId()));
    }

    /** Makes the newest key the primary one; answers its name. */
    String promote() {
        return changed(keyset -> keyset.getAt(keyset.size() - 1).makePrimary());
    }

    /** Answers the name of the newest key. */
    private String changed(Consumer<KeysetHandle.Builder> change) {
        KeysetHandle.Builder keyset = KeysetHandle.newBuilder(parsed(read()));
        change.accept(keyset);
        try {
            KeysetHandle after = keyset.build();
            SecretFiles.replace(file, serialized(after));
            return name(after.getAt(after.size() - 1).getId());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Removes every key but the primary one; answers the names of those removed. */
    Set<String> prune() {
        KeysetHandle before = parsed(read());
        Set<String> removed = new TreeSet<>(names(before));
        removed.remove(name(before.getPrimary().getId()));
        KeysetHandle.Entry primary = before.getPrimary();
        try {
            KeysetHandle after = KeysetHandle.newBuilder()
                    .addEntry(KeysetHandle.importKey(primary.getKey())
                            .withFixedId(primary.getId())
                            .makePrimary())
                    .build();
            SecretFiles.replace(file, serialized(after));
            return removed;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String current() {
        return keys().primary();
    }

    /** The names of all its keys, in the order in which they were added. */
    List<String> names() {
        return keys().ids();
    }

    /** Only keys that were added before the primary one: a replica whose file is older undoes nothing. */
    @Override
    public boolean isSuperseded(String kek) {
        Loaded keys = keys();
        int at = keys.ids().indexOf(kek);
        return at >= 0 && at < keys.ids().indexOf(keys.primary());
    }

    @Override
    public Wrapped wrap(byte[] key, String owner) {
        Loaded keys = keys();
        try {
            return new Wrapped(keys.primary(), keys.aead().encrypt(key, owner.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new KeysetUnusable("A data key could not be wrapped", e);
        }
    }

    @Override
    public byte[] unwrap(Wrapped wrapped, String owner) {
        try {
            return keys().aead().decrypt(wrapped.bytes(), owner.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new KeysetUnusable(
                    "The keyset " + file + " cannot unwrap a key that was wrapped with " + wrapped.kek() + "; it holds "
                            + names(),
                    e);
        }
    }

    @Override
    public String toString() {
        return file.toString();
    }

    /** The keys that the file holds now; a file that is a few hundred bytes long is read quickly. */
    private Loaded keys() {
        String content = read();
        Loaded last = loaded;
        if (last != null && last.content().equals(content)) {
            return last;
        }
        KeysetHandle handle = parsed(content);
        try {
            Loaded fresh = new Loaded(
                    content, name(handle.getPrimary().getId()), names(handle), handle.getPrimitive(TINK, Aead.class));
            loaded = fresh;
            return fresh;
        } catch (GeneralSecurityException e) {
            throw new KeysetUnusable("The keyset " + file + " holds no keys for authenticated encryption", e);
        }
    }

    private String read() {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw new KeysetUnusable("There is no keyset " + file, e);
        } catch (IOException e) {
            throw new KeysetUnusable("The keyset " + file + " cannot be read", e);
        }
    }

    private KeysetHandle parsed(String content) {
        try {
            return TinkJsonProtoKeysetFormat.parseKeyset(content, TINK, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new KeysetUnusable("The file " + file + " is no Tink keyset in JSON", e);
        }
    }

    private static KeysetHandle generated() {
        try {
            return KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String serialized(KeysetHandle handle) {
        try {
            return TinkJsonProtoKeysetFormat.serializeKeyset(handle, TINK, InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> names(KeysetHandle handle) {
        List<String> names = new ArrayList<>();
        for (int entry = 0; entry < handle.size(); entry++) {
            names.add(name(handle.getAt(entry).getId()));
        }
        return names;
    }

    /** As Tink's own tools show it. */
    private static String name(int id) {
        return Integer.toUnsignedString(id);
    }
}
