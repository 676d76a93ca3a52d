package io.dsrbroker.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The chart, rendered as {@code helm template} does. Values are YAML documents, or names of files in the chart's examples;
 * a later one wins.
 */
final class Chart {

    static final Path FOLDER = Path.of("helm/dsr-broker");

    /** All that must be given, and nothing else. */
    static final String AZURE = "azure.yaml";

    static final String ELSEWHERE = "elsewhere.yaml";

    /** Every optional part, on top of another example. */
    static final String MONITORING = "monitoring.yaml";

    private static final String HOOK = "helm.sh/hook";
    private static final String NO_HOOK = "no-hook/hook";
    private static @Nullable Path scratch;
    private static @Nullable Path withoutHooks;

    private Chart() {}

    /** Everything, hooks too: Helm leaves those out of what it renders, so here their annotation has another name meanwhile. */
    static Rendered render(String... values) {
        return new Rendered(run(withoutHooks(), values).replace(NO_HOOK, HOOK));
    }

    /** What Helm itself renders: all but its hooks. */
    static Rendered renderWithoutHooks(String... values) {
        return new Rendered(run(FOLDER, values));
    }

    /** Why these values are refused. */
    static String refusal(String... values) {
        try {
            run(FOLDER, values);
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError("Not refused: " + String.join("\n---\n", values));
    }

    /** What is said after an installation. */
    static String notes(String... values) {
        var install = new Helm(FOLDER)
                .install()
                .withName("dsr")
                .withNamespace("privacy")
                .withKubeVersion("1.31.0")
                .clientOnly()
                .dryRun()
                .debug();
        Stream.of(values).map(Chart::file).forEach(install::withValuesFile);
        String output = install.call().getOutput();
        return output.substring(output.indexOf("NOTES:"));
    }

    private static String run(Path chart, String... values) {
        TemplateCommand template = new Helm(chart)
                .template()
                .withName("dsr")
                .withNamespace("privacy")
                .withKubeVersion("1.31.0");
        Stream.of(values).map(Chart::file).forEach(template::withValuesFile);
        return template.call();
    }

    private static Path file(String values) {
        if (values.endsWith(".yaml")) {
            return FOLDER.resolve("examples").resolve(values);
        }
        try {
            return Files.writeString(Files.createTempFile(scratch(), "values", ".yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path scratch() {
        try {
            if (scratch == null) {
                scratch = Files.createTempDirectory("dsr-chart");
            }
            return scratch;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static synchronized Path withoutHooks() {
        if (withoutHooks == null) {
            Path copy = scratch().resolve("dsr-broker");
            try (Stream<Path> files = Files.walk(FOLDER)) {
                for (Path from : files.toList()) {
                    Path to = copy.resolve(FOLDER.relativize(from).toString());
                    if (Files.isDirectory(from)) {
                        Files.createDirectories(to);
                    } else {
                        Files.writeString(to, Files.readString(from).replace(HOOK, NO_HOOK));
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            withoutHooks = copy;
        }
        return withoutHooks;
    }
}
