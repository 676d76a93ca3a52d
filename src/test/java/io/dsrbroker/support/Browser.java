package io.dsrbroker.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The Chromium of this machine, for tests of pages; to be used by the thread that opened it only. */
public final class Browser implements AutoCloseable {

    /** Where pictures are kept. */
    public static final Path PICTURES = Path.of("target", "screenshots");

    private static final int HEIGHT = 900;
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final String AXE = """
            async () => (await axe.run(document, { resultTypes: ['violations'] })).violations
                .filter(found => found.impact === 'serious' || found.impact === 'critical')
                .map(found => found.id + ': ' + found.help + ' '
                    + found.nodes.slice(0, 3).map(node => node.html + ' ' + node.failureSummary).join(' | '))
            """;

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser chromium;

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        chromium = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(executable)
                        .setArgs(List.of("--no-sandbox", "--disable-gpu", "--disable-background-networking")));
    }

    /** Starts it; where there is none the test is skipped. */
    public static Browser start() {
        Optional<Path> executable = executable();
        Assumptions.assumeTrue(
                executable.isPresent(), "Chromium is neither on the PATH nor named by -Ddsr.test.chromium");
        return new Browser(executable.orElseThrow());
    }

    private static Optional<Path> executable() {
        String named = System.getProperty("dsr.test.chromium");
        Stream<Path> places = named != null
                ? Stream.of(Path.of(named))
                : Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "")
                                .split(File.pathSeparator, -1))
                        .flatMap(folder -> NAMES.stream().map(name -> Path.of(folder, name)));
        return places.filter(Files::isExecutable).findFirst();
    }

    /** A window of its own, without cookies of others. */
    public Window window(int width, ColorScheme scheme) {
        return new Window(chromium.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setViewportSize(width, HEIGHT)
                .setColorScheme(scheme)));
    }

    @Override
    public void close() {
        playwright.close();
    }

    /** A window with one page, which notes what the page asks for and complains of. */
    public static final class Window implements AutoCloseable {

        private final BrowserContext context;
        private final Page page;
        private final List<String> complaints = new CopyOnWriteArrayList<>();
        private final List<String> requests = new CopyOnWriteArrayList<>();

        private Window(BrowserContext context) {
            this.context = context;
            page = context.newPage();
            page.onConsoleMessage(message -> {
                // What a policy forbids is an error of the console, too.
                if (message.type().equals("error") || message.type().equals("warning")) {
                    complaints.add(message.text());
                }
            });
            page.onPageError(complaints::add);
            page.onRequest(request -> requests.add(request.url()));
        }

        /** The page in it. */
        public Page page() {
            return page;
        }

        /** Errors and warnings of the console, uncaught exceptions, and what the page's policy forbade. */
        public List<String> complaints() {
            return Collections.unmodifiableList(complaints);
        }

        /** The addresses that were asked for. */
        public List<String> requests() {
            return Collections.unmodifiableList(requests);
        }

        /** Checks that nothing serious keeps people from using what it shows now. */
        public void isAccessible() {
            page.evaluate(axe());
            assertThat((List<?>) page.evaluate(AXE)).as("what axe found").isEmpty();
        }

        /** Keeps a picture of the whole page. */
        public void picture(String name) {
            page.screenshot(new Page.ScreenshotOptions()
                    .setPath(PICTURES.resolve(name + ".png"))
                    .setFullPage(true));
        }

        @Override
        public void close() {
            context.close();
        }

        private static String axe() {
            try (InputStream in =
                    Objects.requireNonNull(Browser.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
