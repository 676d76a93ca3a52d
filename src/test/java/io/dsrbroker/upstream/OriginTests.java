package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTests {

    @ParameterizedTest
    @CsvSource({
        "https://*.blob.core.windows.net, https://a.blob.core.windows.net/c/x?sig=1, true",
        "https://*.blob.core.windows.net, https://A.BLOB.core.windows.net:443/x, true",
        "https://*.blob.core.windows.net, https://blob.core.windows.net/x, false",
        "https://*.blob.core.windows.net, https://a.b.blob.core.windows.net/x, false",
        "https://*.blob.core.windows.net, https://ablob.core.windows.net/x, false",
        "https://*.blob.core.windows.net, https://a.blob.core.windows.net.evil.org/x, false",
        "https://*.blob.core.windows.net, http://a.blob.core.windows.net/x, false",
        "https://*.blob.core.windows.net, https://a.blob.core.windows.net:8443/x, false",
        "http://127.0.0.1:99, http://127.0.0.1:99/x, true",
        "http://127.0.0.1:99, http://127.0.0.1:98/x, false",
    })
    void patternAllowsOneOriginOrOneLabelMore(String pattern, String url, boolean allowed) {
        assertThat(Origin.pattern(pattern).allows(Origin.of(URI.create(url)))).isEqualTo(allowed);
    }
}
