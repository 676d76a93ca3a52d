package io.dsrbroker.export;

import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.ResourceType;
import io.dsrbroker.job.JobSummary;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Puts the files of a snapshot into a bag; the database is asked for some hundred payloads at a time. */
@Component
class PackageContents {

    private static final int CHUNK = 500;

    private final JdbcClient jdbc;
    private final Vault vault;
    private final ExportStore store;
    private final Catalogue catalogue;
    private final Documentation documentation;

    PackageContents(JdbcClient jdbc, Vault vault, ExportStore store, Catalogue catalogue, Documentation documentation) {
        this.jdbc = jdbc;
        this.vault = vault;
        this.store = store;
        this.catalogue = catalogue;
        this.documentation = documentation;
    }

    /** Writes the whole ZIP, and closes the stream. */
    void write(JobSummary job, Snapshot snapshot, OutputStream to) throws IOException {
        try (Bag bag = new Bag(to, job.id(), snapshot.asOf(), snapshot.scratch().sheet("manifest"));
                Contents contents = new Contents(snapshot.scratch())) {
            FileNames names = new FileNames();
            List<Snapshot.Entry> chunk = new ArrayList<>();
            snapshot.entries().each(entry -> {
                chunk.add(entry);
                if (chunk.size() == CHUNK) {
                    write(job.id(), chunk, names, bag, contents);
                    chunk.clear();
                }
            });
            write(job.id(), chunk, names, bag, contents);
            contents.end();
            documentation.write(job, snapshot.asOf(), contents, bag);
            bag.finish();
        }
    }

    private void write(JobId job, List<Snapshot.Entry> chunk, FileNames names, Bag bag, Contents contents)
            throws IOException {
        List<UUID> exported = chunk.stream()
                .filter(PackageContents::exported)
                .map(entry -> entry.item().taskId())
                .toList();
        Shelf shelf = new Shelf(job, exported, jdbc, vault, store);
        for (Snapshot.Entry entry : chunk) {
            contents.add(
                    exported(entry)
                            ? write(job, entry, shelf, names, bag)
                            : new Chapter.Entry(entry.item(), Fields.NONE));
        }
    }

    private static boolean exported(Snapshot.Entry entry) {
        return entry.item().state() == TaskState.EXPORTED && entry.item().kind() == TaskKind.EXPORT;
    }

    private Chapter.Entry write(JobId job, Snapshot.Entry entry, Shelf shelf, FileNames names, Bag bag)
            throws IOException {
        Item item = entry.item();
        Shelf.Payload document = shelf.find(item.taskId(), Payloads.DOCUMENT);
        if (document == null) {
            throw new MissingPayload(job, item.taskId());
        }
        String key = item.key() == null ? item.taskId().toString() : item.key();
        String suffix = document.store() != null || content(item.type()) ? "" : ".json";
        String path = names.path(entry.folder(), item.type(), item.taskId(), key, suffix);
        byte[] beginning = add(job, path, document, shelf, bag);
        Shelf.@Nullable Payload uri = shelf.find(item.taskId(), Payloads.URI);
        String uriPath = null;
        if (uri != null) {
            uriPath = names.path(entry.folder(), item.type() + "-uri", item.taskId(), key, ".json");
            add(job, uriPath, uri, shelf, bag);
        }
        return new Chapter.Entry(
                item.in(path, document.sha256(), document.bytes(), uriPath),
                suffix.isEmpty() ? Fields.NONE : Fields.of(beginning));
    }

    /** Adds a file, and answers its beginning. */
    private static byte[] add(JobId job, String path, Shelf.Payload payload, Shelf shelf, Bag bag) throws IOException {
        Beginning beginning = new Beginning(Fields.BEGINNING);
        ContentSource content = shelf.content(payload);
        Bag.Written written = bag.add(path, to -> content.writeTo(beginning.before(to)));
        if (!written.equals(new Bag.Written(payload.sha256(), payload.bytes()))) {
            throw new MissingPayload(job, payload.task());
        }
        return beginning.bytes();
    }

    private boolean content(String type) {
        ResourceType known = catalogue.types().get(type);
        return known != null && known.content() != null;
    }
}
