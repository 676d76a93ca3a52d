package io.dsrbroker.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tests of pages rely on: that a bad page is found out. */
class BrowserTests {

    @TempDir
    private Path folder;

    @Test
    void badPageIsFoundOut() throws Exception {
        Path file = Files.writeString(folder.resolve("bad.html"), """
                <!DOCTYPE html><html><head>
                <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src http:"><title>Bad</title></head>
                <body><script>document.title = 'ran';</script><img src="http://127.0.0.1:1/x.png">
                <p style="color:#eee">pale</p></body></html>
                """);
        try (Browser browser = Browser.start();
                Browser.Window window = browser.window(360, ColorScheme.LIGHT)) {
            window.page().navigate(file.toUri().toString());
            assertThat(window.page().title()).isEqualTo("Bad");
            assertThat(window.complaints()).anySatisfy(said -> assertThat(said).contains("Content Security Policy"));
            assertThat(window.requests()).contains("http://127.0.0.1:1/x.png");
            assertThatThrownBy(window::isAccessible).hasMessageContaining("image-alt");
        }
    }
}
