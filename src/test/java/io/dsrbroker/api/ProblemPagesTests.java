package io.dsrbroker.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

class ProblemPagesTests extends ApiTestCase {

    @Autowired
    private ProblemGuide guide;

    @Test
    void typeOfAProblemLeadsToItsPageWithoutAToken() {
        String type = json(get("/api/v1/requests/" + UUID.randomUUID())
                        .as(Tokens.of("ann", "dsr.read"))
                        .send())
                .get("type")
                .stringValue();
        HttpResponse<String> page = get(type).send();
        assertPage(page);
        assertThat(page.body()).contains("<h1>Not found</h1>", "/problems/not-found", "status 404", "What to do");
    }

    private static void assertPage(HttpResponse<String> page) {
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html;charset=UTF-8");
        assertThat(page.headers().allValues("Content-Security-Policy"))
                .singleElement()
                .asString()
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe", "script-src");
        assertThat(page.body())
                .startsWith("<!doctype html>")
                .doesNotContain("<script", "http:", "https:", " style=", " onclick");
    }

    @Test
    void everyPageIsThereAndTheIndexLeadsToIt() {
        HttpResponse<String> index = get("/problems").send();
        assertPage(index);
        assertThat(guide.all()).hasSizeGreaterThan(30).allSatisfy(entry -> {
            assertThat(index.body()).contains("<a href=\"/problems/" + entry.name() + "\">" + entry.name() + "</a>");
            HttpResponse<String> page = get("/problems/" + entry.name()).send();
            assertPage(page);
            entry.carried().keySet().forEach(member -> assertThat(page.body()).contains("<code>" + member + "</code>"));
        });
    }

    @Test
    void browserThatAcceptsOnlyProblemsGetsThePageToo() {
        assertPage(get("/problems/validation")
                .header("Accept", "application/problem+json")
                .send());
        assertThat(call("HEAD", "/problems/validation").send().statusCode()).isEqualTo(200);
    }

    @Test
    void unknownNameIs404() {
        assertProblem(get("/problems/no-such").send(), 404, "not-found");
        assertProblem(get("/problems/%3Cscript%3Ealert(1)%3C").send(), 404, "not-found");
        assertProblem(get("/problems/a/b").send(), 404, "not-found");
        assertProblem(call("POST", "/problems/validation").send(), 405, "method-not-allowed");
    }

    @Test
    void whatTheGuideSaysIsEscaped() {
        String page = ProblemPage.of(
                new ProblemGuide.Entry("a\"b", "<b>", 400, "5 < 6 & \"so\"", "<script>", Map.of("<i>", "'")));
        assertThat(page)
                .contains(
                        "a&quot;b",
                        "&lt;b&gt;",
                        "5 &lt; 6 &amp; &quot;so&quot;",
                        "&lt;script&gt;",
                        "&lt;i&gt;",
                        "&#39;")
                .doesNotContain("<script", "<b>", "<i>");
    }
}
