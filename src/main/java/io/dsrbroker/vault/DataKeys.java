package io.dsrbroker.vault;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
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
    private final Map<UUID, Open> open = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Open> eldest) {
            return size() > MOST;
        }
    };

    private record Open(DataKey key, long since) {

        boolean fresh() {
            return System.nanoTime() - since < REMEMBERED.toNanos();
        }
    }

    DataKeys(JdbcClient jdbc, KeyEncryption encryption) {
        this.jdbc = jdbc;
        this.encryption = encryption;
    }

    /** Makes a key for an owner; one that has a key keeps it. */
    void create(UUID owner) {
        KeyEncryption.Wrapped wrapped = encryption.wrap(DataKey.fresh(), owner.toString());
        jdbc.sql("""
                insert into data_key (owner, kek, wrapped) values (:owner, :kek, :wrapped) on conflict do nothing
                """)
                .param("owner", owner)
                .param("kek", wrapped.kek())
                .param("wrapped", wrapped.bytes())
                .update();
    }

    /** An owner's key; empty where it was destroyed. */
    Optional<DataKey> find(UUID owner) {
        synchronized (open) {
            Open known = open.get(owner);
            if (known != null && known.fresh()) {
                return Optional.of(known.key());
            }
        }
        Optional<DataKey> key = wrapped(owner).map(wrapped -> DataKey.of(encryption.unwrap(wrapped, owner.toString())));
        synchronized (open) {
            open.remove(owner);
            key.ifPresent(fresh -> open.put(owner, new Open(fresh, System.nanoTime())));
        }
        return key;
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
                .query((row, number) -> encryption.unwrap(
                        new KeyEncryption.Wrapped(row.getString("kek"), row.getBytes("wrapped")),
                        row.getObject("owner", UUID.class).toString()))
                .list();
    }

    /** Wraps some keys anew that are wrapped with an older key-encryption key; answers how many. */
    int rewrap(int most) {
        String current = encryption.current();
        List<UUID> owners = jdbc.sql("select owner from data_key where kek <> :current limit :most")
                .param("current", current)
                .param("most", most)
                .query((row, number) -> row.getObject("owner", UUID.class))
                .list();
        owners.forEach(this::rewrap);
        return owners.size();
    }

    private void rewrap(UUID owner) {
        wrapped(owner).ifPresent(before -> {
            KeyEncryption.Wrapped after =
                    encryption.wrap(encryption.unwrap(before, owner.toString()), owner.toString());
            jdbc.sql("""
                    update data_key set kek = :kek, wrapped = :wrapped, wrapped_at = now()
                    where owner = :owner and wrapped = :before
                    """)
                    .param("kek", after.kek())
                    .param("wrapped", after.bytes())
                    .param("owner", owner)
                    .param("before", before.bytes())
                    .update();
        });
    }
}
