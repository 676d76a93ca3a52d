package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class FileNamesTests {

    private final FileNames names = new FileNames();

    private String name(String key, String suffix) {
        String path = names.path("lab", "run", UUID.randomUUID(), key, suffix);
        assertThat(path).startsWith("data/lab/run/");
        return path.substring("data/lab/run/".length());
    }

    @Test
    void ordinaryKeysStayReadable() {
        assertThat(name("run-17", ".json")).isEqualTo("run-17.json");
        assertThat(name("outputs/a b.png", "")).isEqualTo("outputs%2Fa%20b.png");
    }

    @Test
    void namesThatDifferInCaseOnlyAreToldApart() {
        assertThat(name("Run", ".json")).isEqualTo("Run.json");
        assertThat(name("run", ".json")).matches("run~[0-9a-f]{12}\\.json");
    }

    @Test
    void theSameNameInAnotherFolderIsKept() {
        UUID task = UUID.randomUUID();
        assertThat(names.path("lab/p1", "run", task, "a", ".json")).isEqualTo("data/lab/p1/run/a.json");
        assertThat(names.path("lab/p1", "run-uri", task, "a", ".json")).isEqualTo("data/lab/p1/run-uri/a.json");
        assertThat(names.path("lab/p2", "run", task, "a", ".json")).isEqualTo("data/lab/p2/run/a.json");
    }

    @Test
    void noNameIsOneThatWindowsRefuses() {
        assertThat(name("CON", ".json")).isEqualTo("%43ON.json");
        assertThat(name("aux.h", "")).isEqualTo("%61ux.h");
        assertThat(name("ends.", "")).isEqualTo("ends%2E");
        assertThat(name("console", ".json")).isEqualTo("console.json");
    }

    @Test
    void noFolderIsOneThatWindowsRefuses() {
        UUID task = UUID.randomUUID();
        assertThat(names.path("CON/nul.x/ends./lab", "run", task, "a", ".json"))
                .isEqualTo("data/%43ON/%6Eul.x/ends%2E/lab/run/a.json");
    }

    @Test
    void noFolderTakesThePlaceOfOurOwnFiles() {
        assertThat(names.path("index.html", "run", UUID.randomUUID(), "a", ".json"))
                .isEqualTo("data/index.html~/run/a.json");
        assertThat(names.path("Index-12.html", "run", UUID.randomUUID(), "a", ".json"))
                .isEqualTo("data/Index-12.html~/run/a.json");
        assertThat(names.path("lab/index.html/x", "run", UUID.randomUUID(), "a", ".json"))
                .isEqualTo("data/lab/index.html/x/run/a.json");
    }

    @Test
    void longNamesAreCutEvenWhenTheyClash() {
        assertThat(name("x".repeat(300), ".json")).hasSize(120);
        assertThat(name("x".repeat(300), ".json")).hasSize(120).matches(".*~[0-9a-f]{12}~[0-9a-f]{12}\\.json");
    }
}
