package io.dsrbroker.vault;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The data keys: wrapped in the database, and for a few seconds open in memory. */
@Component
class DataKeys {

    /** The owner of the key by which values are found across jobs. */
    static final UUID FINGERPRINTS = new UUID(0, 0);

    /** So long may another replica still open what one has destroyed. */
    private static final Duration REMEMBERED = Duration.ofSeconds(10);

    private static final int MOST = 1000;

    private final JdbcClient jdbc;
    private final KeyEncryption encryption;
    private final VaultMetrics metrics;
    private final Map<UUID, Open> open = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Open> eldest) {
            return size() > MOST;
        }
    };

    /** A key as it was last seen; no key, where there was none. */
    private record Open(@Nullable DataKey key, KeyEncryption.@Nullable Wrapped wrapped, long since) {

        /** What an unchanged row holds need not be unwrapped again. */
        @Nullable
        DataKey of(KeyEncryption.Wrapped row) {
            return wrapped != null && Arrays.equals(wrapped.bytes(), row.bytes()) ? key : null;
        }

        boolean fresh() {
            return System.nanoTime() - since < REMEMBERED.toNanos();
        }
    }

    DataKeys(JdbcClient jdbc, KeyEncryption encryption, VaultMetrics metrics) {
        this.jdbc = jdbc;
        this.encryption = encryption;
        this.metrics = metrics;
    }

    /** Makes a key for an owner; one that has a key keeps it. */
    void create(UUID owner) {
        KeyEncryption.Wrapped wrapped = wrap(DataKey.fresh(), owner.toString());
        jdbc.sql("""
                insert into data_key (owner, kek, wrapped) values (:owner, :kek, :wrapped) on conflict do nothing
                """)
                .param("owner", owner)
                .param("kek", wrapped.kek())
                .param("wrapped", wrapped.bytes())
                .update();
        synchronized (open) {
            open.remove(owner);
        }
    }

    /** An owner's key; empty where it was destroyed. */
    Optional<DataKey> find(UUID owner) {
        Open known;
        synchronized (open) {
            known = open.get(owner);
        }
        if (known != null && known.fresh()) {
            return Optional.ofNullable(known.key());
        }
        KeyEncryption.Wrapped row = wrapped(owner).orElse(null);
        DataKey key = row == null || known == null ? null : known.of(row);
        if (row != null && key == null) {
            key = DataKey.of(unwrap(row, owner.toString()));
        }
        synchronized (open) {
            open.put(owner, new Open(key, row, System.nanoTime()));
        }
        return Optional.ofNullable(key);
    }

    private Optional<KeyEncryption.Wrapped> wrapped(UUID owner) {
        return jdbc.sql("select kek, wrapped from data_key where owner = :owner")
                .param("owner", owner)
                .query((row, number) -> new KeyEncryption.Wrapped(row.getString("kek"), row.getBytes("wrapped")))
                .optional();
    }

    /** Destroys a key. */
    void destroy(UUID owner) {
        jdbc.sql("delete from data_key where owner = :owner")
                .param("owner", owner)
                .update();
        synchronized (open) {
            open.remove(owner);
        }
    }

    /** Whether there is any key yet. */
    boolean any() {
        return jdbc.sql("select exists (select from data_key)")
                .query((row, number) -> row.getBoolean(1))
                .single();
    }

    /** Unwraps one key of each key-encryption key that is needed; {@link KeysetUnusable} where one is missing. */
    void unwrapOneOfEach() {
        jdbc.sql("select distinct on (kek) owner, kek, wrapped from data_key order by kek")
                .query((row, number) -> unwrap(
                        new KeyEncryption.Wrapped(row.getString("kek"), row.getBytes("wrapped")),
                        row.getObject("owner", UUID.class).toString()))
                .list();
    }

    /** A key as its row has it. */
    record Row(UUID owner, KeyEncryption.Wrapped wrapped) {}

    /** The key-encryption keys that have been superseded, and with which keys are still wrapped. */
    Set<String> superseded() {
        return jdbc
                .sql("select distinct kek from data_key")
                .query((row, number) -> Objects.requireNonNull(row.getString("kek")))
                .set()
                .stream()
                .filter(encryption::isSuperseded)
                .collect(Collectors.toSet());
    }

    /** Some keys, but for these owners', that are wrapped with one of these key-encryption keys. */
    List<Row> wrappedWith(Set<String> keks, Set<UUID> but, int most) {
        return jdbc.sql("""
                        select owner, kek, wrapped from data_key
                        where kek = any(:keks) and owner <> all(:but) limit :most
                        """)
                .param("keks", keks.toArray(String[]::new))
                .param("but", but.toArray(UUID[]::new))
                .param("most", most)
                .query((row, number) -> new Row(
                        row.getObject("owner", UUID.class),
                        new KeyEncryption.Wrapped(row.getString("kek"), row.getBytes("wrapped"))))
                .list();
    }

    /** Wraps a key anew with the current key-encryption key, unless it was changed or destroyed meanwhile. */
    void rewrap(Row before) {
        String owner = before.owner().toString();
        KeyEncryption.Wrapped after = wrap(unwrap(before.wrapped(), owner), owner);
        jdbc.sql("update data_key set kek = :kek, wrapped = :wrapped where owner = :owner and wrapped = :before")
                .param("kek", after.kek())
                .param("wrapped", after.bytes())
                .param("owner", before.owner())
                .param("before", before.wrapped().bytes())
                .update();
    }

    private KeyEncryption.Wrapped wrap(byte[] key, String owner) {
        try {
            return encryption.wrap(key, owner);
        } catch (RuntimeException e) {
            metrics.failed(VaultMetrics.Operation.WRAP);
            throw e;
        }
    }

    private byte[] unwrap(KeyEncryption.Wrapped wrapped, String owner) {
        try {
            return encryption.unwrap(wrapped, owner);
        } catch (RuntimeException e) {
            metrics.failed(VaultMetrics.Operation.UNWRAP);
            throw e;
        }
    }
}
