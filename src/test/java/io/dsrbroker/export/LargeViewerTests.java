package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import io.dsrbroker.job.TargetKind;
import io.dsrbroker.support.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** A package of very many things stays one that people can read; what it took is kept beside the pictures. */
@Tag("long")
class LargeViewerTests extends ExportModule {

    private static final int DOCUMENTS = Integer.getInteger("dsr.test.documents", 20_000);
    private static final double PATIENCE = 10_000;

    @Test
    void veryManyThingsAreListedAndFound() throws Exception {
        GivenJob job = givenJob().target("lab", TargetKind.EXPERIMENTATION_ACCOUNT);
        job.documents("lab/p1", "run", DOCUMENTS);
        long began = System.nanoTime();
        maker.make(job.id);
        long making = millis(began);
        Packages.Availability.Ready ready = (Packages.Availability.Ready) packages.of(job.id);
        Unpacked unpacked = Unpacked.of(ready);
        Path index = unpacked.top().resolve("data/index.html");
        try (Browser browser = Browser.start();
                Browser.Window window = browser.window(1280, ColorScheme.LIGHT)) {
            Page page = window.page();
            began = System.nanoTime();
            page.navigate(index.toUri().toString());
            long opening = millis(began);
            began = System.nanoTime();
            page.locator("#words").fill("key-" + DOCUMENTS);
            PlaywrightAssertions.assertThat(page.locator("#hitcount"))
                    .hasText("1 thing found.", new LocatorAssertions.HasTextOptions().setTimeout(PATIENCE));
            long first = millis(began);
            began = System.nanoTime();
            page.locator("#words").fill("key- 9");
            PlaywrightAssertions.assertThat(page.locator("#hitcount"))
                    .containsText(
                            "the first 100 are shown",
                            new LocatorAssertions.ContainsTextOptions().setTimeout(PATIENCE));
            long next = millis(began);
            double memory = ((Number) page.evaluate("performance.memory.usedJSHeapSize")).doubleValue();
            window.picture("package-large");
            began = System.nanoTime();
            page.locator("#hits a").last().click();
            PlaywrightAssertions.assertThat(page.locator(":target")).hasCount(1);
            long following = millis(began);
            Files.writeString(Browser.PICTURES.resolve("package-large.txt"), """
                    things %,d
                    made in ms %,d
                    ZIP bytes %,d
                    index bytes %,d
                    other pages %,d, bytes %,d
                    index opened in ms %,d
                    found at first in ms %,d
                    found again in ms %,d
                    script's memory %,d bytes
                    page of a thing opened in ms %,d
                    """.formatted(
                    DOCUMENTS,
                    making,
                    ready.bytes(),
                    Files.size(index),
                    pages(unpacked).count(),
                    pages(unpacked).mapToLong(file -> file.toFile().length()).sum(),
                    opening,
                    first,
                    next,
                    (long) memory,
                    following));
            assertThat((double) opening).isLessThan(PATIENCE);
            assertThat((double) following).isLessThan(PATIENCE);
            assertThat(window.complaints()).isEmpty();
        } finally {
            FileSystemUtils.deleteRecursively(unpacked.top().toFile());
        }
    }

    private static Stream<Path> pages(Unpacked unpacked) throws IOException {
        try (Stream<Path> files = Files.list(unpacked.top().resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().matches("index-\\d+\\.html")).toList().stream();
        }
    }

    private static long millis(long since) {
        return Duration.ofNanos(System.nanoTime() - since).toMillis();
    }

    @AfterAll
    static void discard() {
        FileSystemUtils.deleteRecursively(STORE.toFile());
    }
}
