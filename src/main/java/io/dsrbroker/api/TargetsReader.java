package io.dsrbroker.api;

import io.dsrbroker.job.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the targets of a request; each becomes a folder of the package, so no two may share a name. */
final class TargetsReader {

    static final int MOST = 100;

    private TargetsReader() {}

    /** The targets; empty where the request names none and means the registered estate. */
    static Optional<List<Target>> read(Fields request) {
        Optional<List<Fields>> given = request.objects("targets");
        if (given.isEmpty()) {
            return Optional.empty();
        }
        int count = given.get().size();
        if (count == 0) {
            request.refuse("targets", "Name at least one target, or leave the field out for the registered ones.");
        } else if (count > MOST) {
            request.refuse("targets", "Must not be more than " + MOST + ".");
            return Optional.of(List.of());
        }
        List<Optional<Target>> targets =
                given.get().stream().map(TargetReader::read).toList();
        checkNames(given.get(), targets);
        return Optional.of(targets.stream().flatMap(Optional::stream).toList());
    }

    private static void checkNames(List<Fields> fields, List<Optional<Target>> targets) {
        Set<String> taken = new HashSet<>(generatedNames(targets));
        for (int index = 0; index < fields.size(); index++) {
            Optional<String> name = targets.get(index).map(Target::name).map(given -> given.toLowerCase(Locale.ROOT));
            if (name.isPresent() && !taken.add(name.get())) {
                fields.get(index).refuse("name", "Must differ from every other target's, not only by case.");
            }
        }
    }

    /** The names that unnamed targets get: their kind and their number, from 1. */
    private static List<String> generatedNames(List<Optional<Target>> targets) {
        List<String> names = new ArrayList<>();
        for (int index = 0; index < targets.size(); index++) {
            Optional<Target> target = targets.get(index);
            if (target.isPresent() && target.get().name() == null) {
                names.add(target.get().kind().word() + "-" + (index + 1));
            }
        }
        return names;
    }
}
