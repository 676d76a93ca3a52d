package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.dsrbroker.ConfigurationReference.Setting;
import io.dsrbroker.support.Database;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people are told of settings, endpoints, commands, queries and runbooks is there. */
class DocumentationTests {

    private static final Path README = Path.of("README.md");
    private static final Path OPERATIONS = Path.of("docs/operations.md");
    private static final Path ALERTS = Path.of("helm/dsr-broker/files/alerts.yaml");

    private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
    private static final Pattern KEY = Pattern.compile("(?<![\\w./-])dsr\\.[a-z][\\w.<>\\[\\]-]*[\\w>\\]]");
    private static final Pattern SIBLING = Pattern.compile("\\.[a-z][a-z-]*");
    private static final Pattern RUNBOOK = Pattern.compile("runbook_url: RUNBOOKS#(\\S+)");
    private static final Pattern ALERT = Pattern.compile("- alert: (\\S+)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern LINK = Pattern.compile("]\\(#([^)]+)\\)");
    private static final Pattern CALL = Pattern.compile("(?:\\$API|/api/v1)(/[\\w/${}-]*)");
    private static final Pattern VARIABLE = Pattern.compile("\\$[A-Z]+|\\{\\w+}");
    private static final Pattern SQL = Pattern.compile("(?s)```sql\\n(.*?)```");
    private static final Pattern COMMAND = Pattern.compile("(?:dsr-broker\\.jar|\\$IMAGE) ([a-z][a-z-]+)");

    /** They begin like settings: scopes, fields of logs and spans, and the build's own. */
    private static final Set<String> NO_SETTINGS = Set.of(
            "dsr.create",
            "dsr.read",
            "dsr.approve",
            "dsr.operate",
            "dsr.download",
            "dsr.audit",
            "dsr.job",
            "dsr.task",
            "dsr.lane",
            "dsr.type",
            "dsr.upstream",
            "dsr.outcome",
            "dsr.chaos.tasks");

    private final Set<String> keys = new ConfigurationReference()
            .settings().stream().map(Setting::key).collect(Collectors.toCollection(TreeSet::new));

    static List<Path> pages() {
        return List.of(README, OPERATIONS, Path.of("docs/database-roles.md"), Path.of("docs/threat-model.md"));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everySettingThatIsNamedIsThere(Path page) throws IOException {
        assertThat(named(Files.readString(page)))
                .allSatisfy(name ->
                        assertThat(isThere(name)).as("%s, in %s", name, page).isTrue());
    }

    @Test
    void settingsAreFoundInThePages() throws IOException {
        assertThat(named(Files.readString(README)))
                .contains("dsr.upstreams.<name>.auth.type", "dsr.callback.secret", "dsr.callback.allowed-hosts");
        assertThat(named(Files.readString(OPERATIONS))).hasSizeGreaterThan(8);
        assertThat(isThere("dsr.callback.secrets")).isFalse();
    }

    @Test
    void everyAlertHasARunbook() throws IOException {
        String alerts = Files.readString(ALERTS);
        List<String> names = all(ALERT, alerts);
        assertThat(names).hasSizeGreaterThan(15);
        assertThat(all(RUNBOOK, alerts))
                .isEqualTo(names.stream().map(DocumentationTests::anchor).toList());
        List<String> headings = all(HEADING, Files.readString(OPERATIONS));
        assertThat(headings).containsAll(names);
        assertThat(headings.stream().filter(heading -> heading.startsWith("DsrBroker")))
                .containsExactlyElementsOf(names);
    }

    @Test
    void linksLeadToHeadings() throws IOException {
        String page = Files.readString(OPERATIONS);
        assertThat(all(HEADING, page).stream().map(DocumentationTests::anchor)).doesNotHaveDuplicates();
        assertThat(all(HEADING, page).stream().map(DocumentationTests::anchor).toList())
                .containsAll(all(LINK, page));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCallIsThere(Path page) throws IOException {
        Set<String> there = endpoints();
        assertThat(there).contains("/lanes/{}/pause", "/requests/{}/resources/{}/retry");
        assertThat(all(CALL, Files.readString(page)).stream()
                        .filter(call -> !call.endsWith("/"))
                        .map(call -> VARIABLE.matcher(call).replaceAll("{}")))
                .allSatisfy(call -> assertThat(there).as(page.toString()).contains(call));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyCommandIsThere(Path page) throws IOException {
        assertThat(all(COMMAND, Files.readString(page)))
                .allSatisfy(command ->
                        assertThat(Commands.named(command)).as(command).isPresent());
    }

    /** PostgreSQL plans every one of them, which it refuses where a table or a column is not there. */
    @Test
    void everyQueryCanBeRun() throws IOException {
        JdbcClient jdbc = JdbcClient.create(Database.fresh().migrated());
        List<String> queries = all(SQL, Files.readString(OPERATIONS)).stream()
                .flatMap(block -> Arrays.stream(block.split(";", -1)))
                .map(String::strip)
                .filter(query -> !query.isEmpty())
                .toList();
        assertThat(queries)
                .hasSizeGreaterThan(15)
                .allSatisfy(query -> assertThatCode(
                                () -> jdbc.sql("explain " + query).query().listOfRows())
                        .as(query)
                        .doesNotThrowAnyException());
    }

    /** The keys in code font; {@code .burst} behind a key stands for its sibling. */
    private static List<String> named(String page) {
        List<String> named = new ArrayList<>();
        for (String line : page.lines().toList()) {
            String last = "";
            Matcher code = CODE.matcher(line);
            while (code.find()) {
                String text = code.group(1);
                Matcher key = KEY.matcher(text);
                if (SIBLING.matcher(text).matches() && !last.isEmpty()) {
                    named.add(last.substring(0, last.lastIndexOf('.')) + text);
                } else if (key.find()) {
                    last = key.group();
                    if (!NO_SETTINGS.contains(last)) {
                        named.add(text.endsWith("*") ? last + "*" : last);
                    }
                } else {
                    last = "";
                }
            }
        }
        return named;
    }

    private boolean isThere(String name) {
        String start = name.endsWith("*") ? name.substring(0, name.length() - 1) : name;
        return keys.contains(name)
                || keys.stream()
                        .anyMatch(key -> key.startsWith(start)
                                && (name.endsWith("*")
                                        || key.charAt(start.length()) == '.'
                                        || key.charAt(start.length()) == '['));
    }

    private static Set<String> endpoints() {
        ClassPathScanningCandidateComponentProvider scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(RestController.class));
        return scanner.findCandidateComponents("io.dsrbroker.api").stream()
                .flatMap(found -> paths(String.valueOf(found.getBeanClassName())))
                .filter(path -> path.startsWith("/api/v1"))
                .map(path ->
                        VARIABLE.matcher(path.substring("/api/v1".length())).replaceAll("{}"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> paths(String controller) {
        try {
            Class<?> type = Class.forName(controller);
            RequestMapping whole = AnnotatedElementUtils.findMergedAnnotation(type, RequestMapping.class);
            String prefix = whole == null || whole.path().length == 0 ? "" : whole.path()[0];
            return Arrays.stream(type.getDeclaredMethods()).flatMap(method -> paths(prefix, method));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<String> paths(String prefix, Method method) {
        RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
        if (mapping == null) {
            return Stream.empty();
        }
        return mapping.path().length == 0
                ? Stream.of(prefix)
                : Arrays.stream(mapping.path()).map(path -> prefix + path);
    }

    /** As GitHub makes it of a heading. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
    }

    private static List<String> all(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(match -> match.group(1)).toList();
    }
}
