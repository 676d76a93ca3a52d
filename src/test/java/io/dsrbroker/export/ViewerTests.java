package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.Media;
import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TargetKind;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.support.Browser;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The package's pages in a browser, opened from disk as its receiver does. */
class ViewerTests extends ExportModule {

    private static final String PROJECT = "lab/workspaces/vision/projects/flowers";
    private static final List<String> HOSTILE = List.of(
            "<script>document.title='owned'</script>",
            "</script><script>document.title='owned'</script>",
            "\"><img src=http://192.0.2.1/x onerror=document.title='owned'>",
            "javascript:document.title='owned'",
            "invoice\u202Efdp.exe",
            "\u2067right\u2066 to left",
            "<!--<script>",
            "\\u003c\\\"}]",
            "file:///etc/passwd",
            "W".repeat(5000),
            "\u0000\u001b[31mred\nline");

    private static @Nullable Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
    }

    private static Browser.Window window(int width, ColorScheme scheme) {
        return Objects.requireNonNull(browser, "started").window(width, scheme);
    }

    /** What this script answers for each of them. */
    private static List<String> each(Locator elements, String script) {
        return elements.all().stream()
                .map(element -> String.valueOf(element.evaluate(script)))
                .toList();
    }

    private GivenJob givenSample() throws IOException {
        GivenJob job = givenJob()
                .target("gallery", TargetKind.GALLERY_AUTHOR)
                .target("lab", TargetKind.EXPERIMENTATION_ACCOUNT)
                .target("models", TargetKind.HOSTING_ACCOUNT);
        job.document("gallery", "gallery-user", "2C1F33", """
                {"name": "Ana Ferreira", "entities_count": 2, "created_at": "2016-04-02T08:15:00+02:00",
                 "bio": "Teaches statistics.\\nLikes flowers.", "website": "https://example.com/ana", "hidden": false}
                """);
        job.document("gallery", "gallery-entity", "a41be2", """
                {"id": "a41be2", "entity_type": "Experiment", "name": "Flowers & more, part 1", "tags": ["iris", "roses"],
                 "author": {"id": "2C1F33", "name": "Ana Ferreira"}, "updated_at": "2017-03-01T10:00:00Z"}
                """);
        job.task("gallery", TaskKind.DISCOVER, "gallery-entity", null, TaskState.INCOMPLETE, Reason.TOKEN_MISSING);
        for (int run = 1; run <= 12; run++) {
            job.document(PROJECT, "run", "run-" + run, """
                    {"runId": "run-%1$d", "runNumber": %1$d, "name": "Zürich training %1$d", "status": "Completed",
                     "createdBy": {"userObjectId": "0a1b", "userName": "ana@example.com"}, "token": "[redacted: credential]",
                     "startTimeUtc": "2017-05-%1$02dT10:20:30Z", "endTimeUtc": null, "hidden": false,
                     "parameters": {"learning-rate": 0.010, "layers": [64, 32]}}
                    """.formatted(run));
        }
        job.task(PROJECT, TaskKind.EXPORT, "run", "run-13", TaskState.FAILED, Reason.RETRIES_SPENT);
        UUID record = job.document(PROJECT + "/runs/run-1", "run-artifact", "outputs/model.pkl", """
                {"artifactId": "ExperimentRun/dcid.run-1/outputs/model.pkl", "path": "outputs/model.pkl"}
                """);
        job.payload(record, Payloads.URI, "\"https://store.example/x\"");
        job.content(PROJECT + "/runs/run-1", "outputs/model.pkl", GivenJob.noise(1));
        job.content(PROJECT + "/runs/run-1", "outputs/a picture.png", to -> to.write(new byte[] {1, 2, 3}));
        job.task("models", TaskKind.DISCOVER, "model", null, TaskState.DISCOVERED, null);
        return job;
    }

    private static String page(Unpacked unpacked, String name) {
        return unpacked.top().resolve("data").resolve(name).toUri().toString();
    }

    private static void find(Page page, String words) {
        page.getByLabel("Find in this copy").last().fill(words);
    }

    /** Nothing went wrong, and nothing but files of the package was asked for. */
    private static void isQuiet(Browser.Window window, Unpacked unpacked) {
        assertThat(window.complaints()).isEmpty();
        assertThat(window.requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(unpacked.top().toUri().toString()));
    }

    private static boolean wide(Page page) {
        return (boolean) page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth");
    }

    @ParameterizedTest
    @CsvSource({"360, DARK", "1920, LIGHT"})
    void everybodyCanUseIt(int width, ColorScheme scheme) throws Exception {
        Unpacked unpacked = packed(givenSample());
        try (Browser.Window window = window(width, scheme)) {
            Page page = window.page();
            page.navigate(page(unpacked, "index.html"));
            String name = "package-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT);
            window.picture(name);
            window.isAccessible();
            assertThat(wide(page)).isFalse();
            page.getByText("Show what every file says").click();
            find(page, "zurich");
            PlaywrightAssertions.assertThat(page.getByRole(AriaRole.STATUS)).hasText("12 things found.");
            window.picture(name + "-open");
            window.isAccessible();
            assertThat(wide(page)).isFalse();
            isQuiet(window, unpacked);
        }
    }

    @Test
    void itReadsLikeADocument() throws Exception {
        Unpacked unpacked = packed(givenSample());
        try (Browser.Window window = window(1280, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(page(unpacked, "index.html"));
            assertThat(page.locator("h1,h2,h3,h4,h5").all().stream()
                            .map(heading ->
                                    Integer.parseInt(((String) heading.evaluate("e => e.tagName")).substring(1)))
                            .reduce(0, (before, level) -> {
                                assertThat(level).isBetween(1, before + 1);
                                return level;
                            }))
                    .isEqualTo(2);
            assertThat(page.locator("nav.toc li li").allInnerTexts())
                    .anySatisfy(line -> assertThat(line).startsWith("lab"))
                    .contains("Training runs\u00A013", "Files made by runs\u00A02");
            for (String target : each(page.locator("nav.toc a, .sums a"), "e => e.getAttribute('href')")) {
                assertThat(page.locator(target).count()).as(target).isOne();
            }
            Locator run = page.locator("tbody", new Page.LocatorOptions().setHasText("Zürich training 3"))
                    .first();
            run.locator("summary").click();
            assertThat(run.locator(".fields").innerText())
                    .contains("Run number\t3", "Created by › User name\tana@example.com", "Parameters › Layers\t64, 32")
                    .contains("Parameters › learning-rate\t0.010", "End time UTC\tnot set", "Hidden\tno")
                    .contains("Start time UTC\t3 May 2017, 10:20:30 UTC", "Token\tblacked out (why)");
            assertThat(run.locator(".fields time").getAttribute("datetime")).isEqualTo("2017-05-03T10:20:30Z");
            assertThat(run.locator("time").first().innerText()).isEqualTo("3 November 2026, 10:20 UTC");
            assertThat(page.locator("tbody[id]", new Page.LocatorOptions().setHasText("run-13"))
                            .innerText())
                    .contains("Could not be fetched", "It was tried again and again until the time was up.");
            run.locator("a").first().click();
            assertThat(page.url()).isEqualTo(page(unpacked, PROJECT + "/run/run-3.json"));
            isQuiet(window, unpacked);
        }
    }

    @Test
    void keyboardIsEnough() throws Exception {
        Unpacked unpacked = packed(givenSample());
        try (Browser.Window window = window(1280, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(page(unpacked, "index.html"));
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.textContent")).isEqualTo("Skip to the contents");
            page.keyboard().press("Enter");
            page.keyboard().press("Tab");
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("words");
            page.keyboard().type("outputs picture");
            PlaywrightAssertions.assertThat(page.locator("#hits li")).hasCount(1);
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            assertThat(page.url()).matches(".*index\\.html#e\\d+");
            assertThat(page.locator(":target").innerText()).contains("outputs/a picture.png");
            page.locator("#words").focus();
            page.keyboard().press("Escape");
            PlaywrightAssertions.assertThat(page.locator("#hits li")).hasCount(0);
            isQuiet(window, unpacked);
        }
    }

    @Test
    void hostileNamesAreJustNames() throws Exception {
        GivenJob job = givenJob()
                .target("<img src=x onerror=alert(1)>", TargetKind.EXPERIMENTATION_ACCOUNT)
                .target("javascript:alert(1)", TargetKind.EXPERIMENTATION_ACCOUNT)
                .target("index-1.html", TargetKind.EXPERIMENTATION_ACCOUNT);
        for (String name : HOSTILE) {
            String quoted = JsonMapper.shared().writeValueAsString(name);
            job.document("javascript:alert(1)/runs/a", "run", name, "{\"name\":" + quoted + "}");
            job.document("index-1.html", "run", name, "{" + quoted + ":[" + quoted + ",{" + quoted + ":1}]}");
            job.task(
                    "<img src=x onerror=alert(1)>",
                    TaskKind.EXPORT,
                    "asset",
                    name,
                    TaskState.FAILED,
                    Reason.HOSTILE_URL);
        }
        Unpacked unpacked = packed(job);
        assertThat(unpacked.complaints("manifest-sha256.txt")).isEmpty();
        try (Browser.Window window = window(360, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.onDialog(dialog -> {
                throw new AssertionError(dialog.message());
            });
            page.navigate(page(unpacked, "index.html"));
            page.getByText("Show what every file says").click();
            for (String words : List.of("owned", "javascript", "exe", "alert", "u003c")) {
                find(page, words);
                PlaywrightAssertions.assertThat(page.locator("#hitcount")).containsText("found.");
                assertThat(page.locator("#hits li").count()).as(words).isPositive();
                window.picture("package-hostile");
                assertThat(wide(page)).isFalse();
            }
            assertThat(page.title()).isEqualTo("A copy of your data");
            assertThat(page.locator("img, iframe, object, svg").count()).isZero();
            assertThat(page.locator("script").count()).isEqualTo(2);
            assertThat((String) page.evaluate("document.body.innerText"))
                    .contains("<script>document.title='owned'</script>", "javascript:document.title='owned'")
                    .doesNotContain("\u202E", "\u2067", "\u2066", "\u001b");
            for (String link : each(page.locator("a[href]"), "e => e.href")) {
                assertThat(Files.exists(Path.of(URI.create(link.replaceFirst("#.*", "")))))
                        .as(link)
                        .isTrue();
            }
            window.isAccessible();
            isQuiet(window, unpacked);
        }
    }

    @Test
    void longChaptersHavePagesOfTheirOwnAndAreFoundAllTheSame() throws Exception {
        GivenJob job = givenJob().target("lab", TargetKind.EXPERIMENTATION_ACCOUNT);
        job.documents("lab/p1", "run", 450);
        job.document("lab/p1", "experiment", "iris", "{\"name\":\"Iris\"}");
        Unpacked unpacked = packed(job);
        assertThat(unpacked.files())
                .contains("data/index.html", "data/index-1.html", "data/index-3.html")
                .doesNotContain("data/index-4.html");
        assertThat(unpacked.complaints("manifest-sha256.txt")).isEmpty();
        for (String name : List.of("index.html", "index-1.html", "index-2.html", "index-3.html")) {
            assertThat(Files.readString(unpacked.top().resolve("data/" + name), StandardCharsets.UTF_8))
                    .contains("Content-Security-Policy");
        }
        try (Browser.Window window = window(1920, ColorScheme.LIGHT)) {
            Page page = window.page();
            page.navigate(page(unpacked, "index.html"));
            find(page, "key-99 training");
            PlaywrightAssertions.assertThat(page.locator("#hits li")).hasCount(1);
            page.locator("#hits a").click();
            assertThat(page.url()).matches(".*index-3\\.html#e\\d+");
            assertThat(page.locator(":target").innerText()).contains("key-99", "Run ID");
            window.picture("package-page");
            window.isAccessible();
            page.getByText("Page before").first().click();
            page.getByText("Page before").last().click();
            assertThat(page.url()).endsWith("index-1.html");
            assertThat(page.locator("h1").innerText()).isEqualTo("Training runs in lab");
            page.getByText("Contents", new Page.GetByTextOptions().setExact(true))
                    .first()
                    .click();
            assertThat(page.url()).matches(".*index\\.html#c\\d+");
            isQuiet(window, unpacked);
        }
    }

    @Test
    void itPrintsWell() throws Exception {
        Unpacked unpacked = packed(givenSample());
        try (Browser.Window window = window(794, ColorScheme.DARK)) {
            Page page = window.page();
            page.navigate(page(unpacked, "index.html"));
            page.locator("tbody", new Page.LocatorOptions().setHasText("Zürich training 3"))
                    .first()
                    .locator("summary")
                    .click();
            page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
            assertThat(page.locator("#find").isVisible()).isFalse();
            assertThat(page.locator("nav").first().isVisible()).isFalse();
            assertThat(page.evaluate("getComputedStyle(document.body).color")).isEqualTo("rgb(0, 0, 0)");
            assertThat(page.evaluate("getComputedStyle(document.body).backgroundColor"))
                    .isEqualTo("rgb(255, 255, 255)");
            Locator link = page.locator(".files th > a[data-file]").first();
            assertThat((String) link.evaluate("e => getComputedStyle(e, '::after').content"))
                    .contains("/artifact-content/outputs%2Fa%20picture.png");
            window.picture("package-print");
            byte[] pdf = page.pdf(new Page.PdfOptions()
                    .setPath(Browser.PICTURES.resolve("package.pdf"))
                    .setPreferCSSPageSize(true));
            assertThat(new String(pdf, 0, 5, StandardCharsets.US_ASCII)).isEqualTo("%PDF-");
            isQuiet(window, unpacked);
        }
    }
}
