package io.dsrbroker.export;

import io.dsrbroker.job.PackagePath;
import io.dsrbroker.shared.Digests;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names files so that no two fall together, also where upper and lower case are the same.
 *
 * <p>It remembers the names of the current folder only: tasks come folder by folder. Folders that differ in nothing but
 * case stay as they are.
 */
final class FileNames {

    private static final Pattern WINDOWS_DEVICE =
            Pattern.compile("(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern OURS =
            Pattern.compile("(report\\.json|index(-\\d+)?\\.html)(?=/|$)", Pattern.CASE_INSENSITIVE);
    private static final int DIGEST = 12;

    private final Set<String> taken = new HashSet<>();
    private String current = "";

    /** The path of a task's file. */
    String path(String folder, String type, UUID task, String key, String suffix) {
        String in = "data/"
                + Arrays.stream(OURS.matcher(folder)
                                .replaceFirst(top -> top.start() == 0 ? "$1~" : "$1")
                                .split("/", -1))
                        .map(FileNames::portable)
                        .collect(Collectors.joining("/"))
                + "/";
        if (!current.equals(in)) {
            taken.clear();
            current = in;
        }
        String parent = in + PackagePath.segment(type) + "/";
        String name = portable(PackagePath.segment(key, suffix));
        if (!take(parent + name)) {
            String mark = "~" + Digests.hex(task.toString()).substring(0, DIGEST);
            name = portable(PackagePath.segment(key, mark + suffix));
            take(parent + name);
        }
        return parent + name;
    }

    /** Windows opens a device of that name, or drops the last dot. */
    private static String portable(String name) {
        if (WINDOWS_DEVICE.matcher(name).matches()) {
            return "%%%02X%s".formatted((int) name.charAt(0), name.substring(1));
        }
        return name.endsWith(".") ? name.substring(0, name.length() - 1) + "%2E" : name;
    }

    private boolean take(String path) {
        return taken.add(path.toLowerCase(Locale.ROOT));
    }
}
