package io.dsrbroker.api;

import io.dsrbroker.job.Target;
import io.dsrbroker.job.Target.Select;
import io.dsrbroker.job.Target.UnknownOwner;
import io.dsrbroker.job.TargetKind;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads one target; each kind says which fields it needs. */
final class TargetReader {

    private static final List<String> PLACES =
            List.of("subscriptionId", "resourceGroup", "account", "workspace", "project", "location");
    private static final String KINDS = "Must be one of "
            + String.join(
                    ", ",
                    Arrays.stream(TargetKind.values()).map(TargetKind::word).toList()) + ".";

    private TargetReader() {}

    /** The target; empty where it has no kind. What is wrong is known to {@code fields}. */
    static Optional<Target> read(Fields fields) {
        fields.require("kind");
        Optional<String> word = fields.text("kind", Check.ANY);
        Optional<TargetKind> kind = word.flatMap(TargetKind::of);
        if (word.isPresent() && kind.isEmpty()) {
            fields.refuse("kind", KINDS);
        }
        Optional<Select> select = fields.choice("select", Select.class);
        Optional<UnknownOwner> unknownOwner = fields.choice("unknownOwner", UnknownOwner.class);
        Target raw = new Target(
                fields.text("name", Check.TARGET_NAME).orElse(null),
                kind.orElse(TargetKind.GALLERY_AUTHOR),
                fields.text("subscriptionId", Check.UUID).orElse(null),
                name(fields, "resourceGroup"),
                name(fields, "account"),
                name(fields, "workspace"),
                name(fields, "project"),
                fields.text("location", Check.REGION).orElse(null),
                select.orElse(null),
                unknownOwner.orElse(null));
        fields.nothingElse();
        kind.ifPresent(known -> checkPlaces(fields, known));
        return kind.map(known -> known == TargetKind.GALLERY_AUTHOR ? raw : withDefaults(raw));
    }

    private static @Nullable String name(Fields fields, String name) {
        return fields.text(name, Check.ARM_NAME).orElse(null);
    }

    private static void checkPlaces(Fields fields, TargetKind kind) {
        fields.require(kind.required().toArray(String[]::new));
        PLACES.stream()
                .filter(place -> fields.has(place) && !kind.allows(place))
                .forEach(place -> refuse(fields, place, kind));
        if (kind == TargetKind.GALLERY_AUTHOR) {
            List.of("select", "unknownOwner").stream().filter(fields::has).forEach(name -> refuse(fields, name, kind));
        }
    }

    private static void refuse(Fields fields, String name, TargetKind kind) {
        fields.refuse(name, "A target of kind " + kind.word() + " has no such field.");
    }

    private static Target withDefaults(Target raw) {
        return new Target(
                raw.name(),
                raw.kind(),
                raw.subscriptionId(),
                raw.resourceGroup(),
                raw.account(),
                raw.workspace(),
                raw.project(),
                raw.location(),
                raw.select() == null ? Select.OWNED : raw.select(),
                raw.unknownOwner() == null ? UnknownOwner.REVIEW : raw.unknownOwner());
    }

    /** Reads the body of a registered target, which stands under the name in the path. */
    static Target registered(String name, Fields fields) {
        Optional<Target> target = read(fields);
        target.map(Target::name)
                .filter(other -> !other.equals(name))
                .ifPresent(other -> fields.refuse("name", "Must be the name in the path, or be left out."));
        Target read = target.orElseGet(
                () -> new Target(name, TargetKind.GALLERY_AUTHOR, null, null, null, null, null, null, null, null));
        return new Target(
                name,
                read.kind(),
                read.subscriptionId(),
                read.resourceGroup(),
                read.account(),
                read.workspace(),
                read.project(),
                read.location(),
                read.select(),
                read.unknownOwner());
    }
}
