package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.annotation.Testable;

/**
 * What is known of the upstreams is numbered: the traps T1 to T20, and the rules that all calls of the resource manager
 * share (§3). Each is named by a test that would fail if the broker forgot it.
 */
class UpstreamTruthTests {

    private static final List<String> NAMES = names();

    static Stream<String> traps() {
        return IntStream.rangeClosed(1, 20).mapToObj(number -> "T" + number);
    }

    static Stream<String> rules() {
        return Stream.of(
                "Audience",
                "Token endpoint",
                "Newer data plane",
                "DELETE semantics",
                "Async",
                "Paging",
                "Error",
                "Case",
                "Headers out",
                "Headers back",
                "Limits",
                "Time-out",
                "Size",
                "Redirect",
                "401",
                "403 / 409");
    }

    @ParameterizedTest
    @MethodSource("traps")
    void everyTrapIsNamedByATest(String trap) {
        Pattern whole = Pattern.compile("\\b" + trap + "\\b");
        assertThat(NAMES).anyMatch(name -> whole.matcher(name).find());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyRuleIsNamedByATest(String rule) {
        assertThat(NAMES).anyMatch(name -> name.contains("§3 " + rule));
    }

    private static List<String> names() {
        Set<String> names = new ClassFileImporter()
                .importPackages("io.dsrbroker").stream()
                        .flatMap(type -> type.getMethods().stream())
                        .filter(UpstreamTruthTests::isTest)
                        .filter(method -> method.isAnnotatedWith(DisplayName.class))
                        .map(method ->
                                method.getAnnotationOfType(DisplayName.class).value())
                        .collect(Collectors.toSet());
        return List.copyOf(names);
    }

    /** Whether it runs: {@code @Test}, {@code @ParameterizedTest} and their like are testable themselves. */
    private static boolean isTest(JavaMethod method) {
        return method.isMetaAnnotatedWith(Testable.class);
    }
}
