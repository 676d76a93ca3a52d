package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import tools.jackson.databind.JsonNode;

/** Swagger UI can sign in, although its pages may do next to nothing. */
class SwaggerUiTests extends ApiTestCase {

    private static final String PAGES = "/swagger-ui/";
    private static final Pattern SCRIPT = Pattern.compile("<script\\b([^>]*)>(.*?)</script>", Pattern.DOTALL);
    private static final Pattern SOURCE = Pattern.compile("src=\"(?:\\./)?([a-z0-9./-]+)\"");
    private static final Pattern OAUTH = Pattern.compile("ui\\.initOAuth\\(\\s*(\\{.*?})\\)", Pattern.DOTALL);

    @Test
    void signsInWithAProofOfPossession() {
        Matcher oauth =
                OAUTH.matcher(get(PAGES + "swagger-initializer.js").send().body());
        assertThat(oauth.find()).isTrue();
        JsonNode settings = JSON.readTree(oauth.group(1));
        assertThat(settings.get("usePkceWithAuthorizationCodeGrant").booleanValue())
                .isTrue();
        assertThat(settings.get("clientId").asString()).isEqualTo("swagger-ui");
        assertThat(settings.has("clientSecret")).isFalse();
        assertThat(List.of(settings.get("scopes").asString().split(" ")))
                .containsAll(Scopes.MEANINGS.keySet())
                .contains("openid");
    }

    @Test
    void comesBackFromTheIssuerToAPageThatIsThere() {
        String page = json(get("/v3/api-docs/swagger-config").send())
                .get("oauth2RedirectUrl")
                .asString();
        assertThat(page).endsWith(PAGES + "oauth2-redirect.html");
        assertThat(get(PAGES + "oauth2-redirect.js").send().body()).contains("swaggerUIRedirectOauth2", "code");
    }

    /** The policy lets a page load scripts from where it comes from, and run none of its own lines. */
    @ParameterizedTest
    @ValueSource(strings = {"index.html", "oauth2-redirect.html"})
    void itsPagesWorkUnderTheirPolicy(String name) {
        HttpResponse<String> page = get(PAGES + name).send();
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(policy(page)).containsEntry("script-src", "'self'").containsEntry("default-src", "'none'");
        List<String> scripts = SCRIPT.matcher(page.body())
                .results()
                .map(script -> {
                    assertThat(script.group(2)).isBlank();
                    Matcher source = SOURCE.matcher(script.group(1));
                    assertThat(source.find()).as(script.group(1)).isTrue();
                    return source.group(1);
                })
                .toList();
        assertThat(scripts).isNotEmpty().allSatisfy(script -> {
            HttpResponse<String> loaded = get(PAGES + script).send();
            assertThat(loaded.statusCode()).as(script).isEqualTo(200);
            assertThat(loaded.headers().firstValue("Content-Type").orElse(""))
                    .as(script)
                    .contains("javascript");
        });
        assertThat(page.body()).doesNotContainPattern("\\son[a-z]+=").doesNotContain("javascript:");
    }

    @Test
    void mayAskNobodyForATokenButTheIssuer() {
        assertThat(policy(get(PAGES + "index.html").send())).containsEntry("connect-src", "'self'");
    }

    @Test
    void mayAskTheIssuerWhereThereIsOne() throws IOException, ServletException {
        MockHttpServletResponse page = new MockHttpServletResponse();
        new SecurityHeaders(new OpenApiProperties("https://id.example/authorize", "https://id.example:8443/token"))
                .doFilter(
                        new MockHttpServletRequest("GET", PAGES + "index.html"),
                        page,
                        (request, response) -> assertThat(response).isSameAs(page));
        assertThat(policy(page.getHeader("Content-Security-Policy")))
                .containsEntry("connect-src", "'self' https://id.example:8443");
    }

    private static Map<String, String> policy(HttpResponse<String> page) {
        return policy(page.headers().firstValue("Content-Security-Policy").orElse(null));
    }

    private static Map<String, String> policy(@Nullable String policy) {
        return Stream.of(Objects.requireNonNull(policy).split("; *"))
                .map(directive -> directive.split(" ", 2))
                .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
    }
}
