package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Wherever an upstream points, nothing outside its origin is contacted; headers are in {@link OperationTests}. */
class HostileUrlTests {

    private final Stub stub = new Stub();
    private final Wired wired = new Wired(stub.base(), "egress.allow-http=true", "egress.allow-private-addresses=true");

    @AfterEach
    void close() {
        wired.close();
        stub.close();
    }

    /** Those that a document can hold and a header cannot, too. */
    static Stream<String> hostile() {
        return Stream.concat(
                HostileUrls.all().stream(),
                Stream.of(
                        "http://①②⑦.0.0.1:{port}/x",
                        "http://127。0。0。1:{port}/x",
                        "http://ｅvil.example/x",
                        "/\tx",
                        "/x\n//evil.example",
                        "ht\ntp://{authority}/x",
                        "http://{authority}\t@evil.example/x",
                        "http://{authority}/x\u0000",
                        "http://{authority} @evil.example/x",
                        "http://[",
                        "%"));
    }

    private String filled(String url) {
        String authority = stub.base().substring("http://".length());
        return url.replace("{authority}", authority).replace("{port}", authority.substring(authority.indexOf(':') + 1));
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @DisplayName("T7: a nextLink out of the list's origin is hostile, and nothing is contacted")
    void nextLinkOutOfTheOriginIsHostile(String url) {
        var page = wired.request("GET", "/list", new Continuation.Link(filled(url)));
        assertThat(wired.client.call(page)).isInstanceOf(Outcome.Hostile.class);
        assertThat(stub.asked).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("hostile")
    @DisplayName("T7: content out of its origins is hostile, and nothing is contacted")
    void contentOutOfItsOriginsIsHostile(String url) {
        assertThat(wired.client.contentHost(wired.upstream, filled(url))).isEmpty();
        assertThat(wired.client.download(wired.upstream, filled(url), content -> {}))
                .isInstanceOf(Outcome.Hostile.class);
        assertThat(stub.asked).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{here}/next?a=1|/next?a=1",
                "HTTP://{authority}/next|/next",
                "/next|/next",
                "next|/a/next",
                "?$skipToken=1|/a/list?$skipToken=1",
                "//{authority}/next|/next",
                "{here}/next?$filter=author/id eq 'x'|/next?$filter=author/id%20eq%20'x'",
                "{here}/next?t=a\\b|/next?t=a%5Cb",
                "  {here}/next  |/next",
            })
    @DisplayName("§3 Paging: a nextLink inside the list's origin is followed as it is")
    void nextLinkInsideTheOriginIsFollowed(String url, String asked) {
        stub.answering(200, "{}");
        String link = filled(url.replace("{here}", stub.base()));
        wired.client.call(wired.request("GET", "/a/list", new Continuation.Link(link)));
        assertThat(stub.asked).isEqualTo(List.of("GET " + asked + " t1"));
    }

    @Test
    @DisplayName(
            "T7: modelManagementSwaggerLocation and discoveryUri lead nowhere: the catalogue takes no address from them")
    void placesInDocumentsAreNeverFollowed() throws IOException {
        for (Resource file : new PathMatchingResourcePatternResolver().getResources("classpath*:catalogue/*.yaml")) {
            assertThat(file.getContentAsString(StandardCharsets.UTF_8).lines())
                    .filteredOn(line -> line.matches(".*(?i)(SwaggerLocation|discoveryUri|_links/self).*"))
                    .allMatch(line -> line.strip().startsWith("withoutQuery:")
                            || line.strip().startsWith("#"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    @DisplayName("§3 Redirect: no redirect is followed, so the bearer stays")
    void redirectIsNotFollowed(int status) {
        stub.answering(status, "", "Location: {here}/other");
        assertThat(wired.client.call(wired.request("GET", "/x"))).isInstanceOf(Outcome.Hostile.class);
        assertThat(stub.asked).isEqualTo(List.of("GET /x t1"));
    }

    @Test
    @DisplayName("T7: content is fetched without the bearer")
    void contentIsFetchedWithoutBearer() {
        stub.answering(200, "x");
        assertThat(wired.client.download(wired.upstream, stub.base() + "/c?sig=1", content -> content.readAllBytes()))
                .isInstanceOf(Outcome.Received.class);
        assertThat(stub.asked).isEqualTo(List.of("GET /c?sig=1"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://management.azure.com, https://*.blob.core.windows.net, base-url",
        "ftp://management.azure.com, https://*.blob.core.windows.net, base-url",
        "https://management.azure.com, http://*.blob.core.windows.net, content-origins",
    })
    @DisplayName("T7: in production every configured address is https, or nothing starts")
    void addressWithoutHttpsPreventsTheStart(String base, String contentOrigin, String setting) {
        assertThatThrownBy(() -> new Wired(base, contentOrigin, new String[0]).close())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("dsr.upstreams.arm." + setting + " is not https");
    }
}
