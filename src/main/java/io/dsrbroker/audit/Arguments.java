package io.dsrbroker.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The arguments of a command: files, and options that name one file each. */
record Arguments(List<Path> files, Map<String, Path> options) {

    /** Something is missing, unknown or cannot be read. */
    static final class Wrong extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Wrong(String why) {
            super(why);
        }

        String why() {
            return String.valueOf(getMessage());
        }
    }

    static Arguments of(List<String> arguments, List<String> known) {
        List<Path> files = new ArrayList<>();
        Map<String, Path> options = new HashMap<>();
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            if (!argument.startsWith("--")) {
                files.add(Path.of(argument));
            } else if (!known.contains(argument)) {
                throw new Wrong("unknown option " + argument);
            } else if (index + 1 == arguments.size()) {
                throw new Wrong(argument + " needs a file");
            } else if (options.put(argument, Path.of(arguments.get(++index))) != null) {
                throw new Wrong(argument + " is given twice");
            }
        }
        return new Arguments(files, options);
    }

    Optional<Path> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** The keys of an option's file. */
    KeySet keys(String name) {
        Path file = option(name).orElseThrow(() -> new Wrong(name + " is missing"));
        try {
            return KeySet.of(read(file));
        } catch (InvalidKeys e) {
            throw new Wrong(file + " holds no usable keys: " + e.why());
        }
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new InvalidJws("not text");
        } catch (IOException | UncheckedIOException e) {
            throw new Wrong(file + " cannot be read");
        }
    }
}
