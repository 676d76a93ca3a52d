package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIRequestContext;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Fault;
import io.dsrbroker.simulator.Faults;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Browser;
import io.dsrbroker.support.Browser.Window;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** People at the console: what they see of requests that the portal sends, and what comes of what they do. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTests {

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 1, 2, 3};

    private Browser browser;
    private DeleteStory story;
    private final List<Window> windows = new ArrayList<>();
    private boolean complaintsExpected;

    @BeforeAll
    void open() {
        browser = Browser.start();
        PlaywrightAssertions.setDefaultAssertionTimeout(20_000);
        story = DeleteStory.withConsole(EstateSpec.small()
                .withHostingAccounts(4, 2, 1)
                .withLabs(4, 1, 2)
                .withRuns(4, 1, 1)
                .withCompute(1, 1));
    }

    @AfterAll
    void close() {
        if (story != null) {
            story.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    /** No page may complain, or ask another host for anything but the sign-in. */
    @AfterEach
    void quiet() {
        try {
            for (Window window : windows) {
                if (!complaintsExpected) {
                    assertThat(window.complaints()).isEmpty();
                }
                assertThat(window.requests())
                        .allSatisfy(url -> assertThat(URI.create(url).getAuthority())
                                .isIn(
                                        URI.create(story.url()).getAuthority(),
                                        URI.create(story.issuer().url()).getAuthority()));
            }
        } finally {
            windows.forEach(Window::close);
            windows.clear();
            complaintsExpected = false;
        }
    }

    private Window signedIn(String name) {
        return signedIn(name, 1280, ColorScheme.LIGHT);
    }

    private Window signedIn(String name, int width, ColorScheme scheme) {
        Window window = browser.window(width, scheme);
        windows.add(window);
        signIn(window.page(), name);
        window.page().navigate(story.url() + "/console");
        return window;
    }

    /** Without showing the issuer's page, which is not ours and asks other hosts for pictures. */
    private void signIn(Page page, String name) {
        APIRequestContext calls = page.context().request();
        APIResponse form = calls.get(story.url() + "/console/requests");
        assertThat(form.text()).contains("username");
        APIResponse back = calls.post(
                form.url(), RequestOptions.create().setForm(FormData.create().set("username", name)));
        assertThat(back.status()).as(back.url()).isEqualTo(200);
    }

    private void go(Window window, String path) {
        window.page().navigate(story.url() + "/console" + path);
    }

    private static Locator button(Page page, String name) {
        return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name));
    }

    /** A page must be good to use for everybody, and be looked at. */
    private static void looksGood(Window window, String name) {
        window.isAccessible();
        window.picture("console-" + name);
        int wider = (Integer) window.page()
                .evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        assertThat(wider).as("pixels that stick out of %s", name).isZero();
    }

    private String planned(String externalId, Place place) {
        return story.planned(named(DeleteStory.all(DeleteStory.somebody(externalId), place), externalId));
    }

    private static ObjectNode named(ObjectNode request, String externalId) {
        return request.put("externalId", externalId);
    }

    private List<JsonNode> trail(String id, String action) {
        List<JsonNode> found = new ArrayList<>();
        story.officer()
                .get("/requests/" + id + "/audit?limit=100")
                .json()
                .get("items")
                .forEach(entry -> {
                    if (entry.get("action").asString().equals(action)) {
                        found.add(entry);
                    }
                });
        return found;
    }

    @Test
    void deleteIsFollowedReviewedApprovedAndDownloaded() {
        Place lab = story.lab();
        Window window = signedIn("privacy-officer");
        Page page = window.page();
        story.settings().faults = request -> Optional.of(Fault.late(Duration.ofMillis(100)));
        String id = story.portal()
                .submit(named(DeleteStory.all(DeleteStory.somebody("Followed"), lab), "case-followed")
                        .put("exportFirst", true)
                        .toString());
        page.getByLabel("External id").fill("case-followed");
        button(page, "Show").click();
        PlaywrightAssertions.assertThat(page.locator("tbody tr")).hasCount(1);
        looksGood(window, "requests");
        // Without a reload, by events only.
        PlaywrightAssertions.assertThat(page.locator("#job-" + id)).containsText("Awaiting approval");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("case-followed"))
                .click();
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Delete case-followed");
        looksGood(window, "request-waiting");

        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Review the plan"))
                .click();
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Plan of the delete");
        PlaywrightAssertions.assertThat(page.locator("canvas")).isVisible();
        looksGood(window, "plan");
        Locator approval = page.locator("form[action$='/approval']");
        approval.locator("[name=typed]").fill("case-follow");
        button(page, "Approve: delete for good").click();
        PlaywrightAssertions.assertThat(page.locator("main")).containsText("It is not the id of this request");
        assertThat(trail(id, "approved")).isEmpty();
        page.goBack();
        page.reload();
        approval.locator("[name=typed]").fill("case-followed");
        button(page, "Approve: delete for good").click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]")).containsText("The plan is approved");
        // Still without a reload.
        PlaywrightAssertions.assertThat(page.locator("#live .badge.large")).hasText("In progress");
        story.settings().faults = Faults.none();
        PlaywrightAssertions.assertThat(page.locator("#live .badge.large"))
                .hasText("Completed", new LocatorAssertions.HasTextOptions().setTimeout(60_000));
        page.locator("details.twig summary").first().click();
        PlaywrightAssertions.assertThat(page.locator(".leaves li").first()).isVisible();
        PlaywrightAssertions.assertThat(page.locator("#doable")).containsText("Nothing is left to be done");
        looksGood(window, "request-done");

        Download download = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download the package"))
                        .click());
        Path file = download.path();
        assertThat(file).isNotEmptyFile();
        assertThat(download.suggestedFilename()).endsWith(".zip");
        assertThat(trail(id, "package-downloaded")).isNotEmpty();
        Download receipt = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Download the receipt"))
                        .click());
        assertThat(receipt.path()).content().matches("[\\w-]+\\.[\\w-]+\\.[\\w-]+");
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Audit trail"))
                .click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]")).containsText("The chain is intact");
        looksGood(window, "audit");
        complaintsExpected = true; // The refusal of the wrong id is a 422, which Chromium logs.
        assertThat(window.complaints()).allMatch(complaint -> complaint.contains("422"));
    }

    @Test
    void whatIsLeftOutStays() {
        Place hosting = story.hosting();
        String id = planned("case-exclusion", hosting);
        Window window = signedIn("privacy-officer");
        go(window, "/requests/" + id + "/plan");
        Page page = window.page();
        page.locator("tr:has-text('Service') input[type=checkbox]").first().check();
        button(page, "Keep what is ticked").click();
        Locator approval = page.locator("form[action$='/approval']");
        PlaywrightAssertions.assertThat(approval).containsText("1 resource is left out");
        looksGood(window, "plan-exclusion");
        approval.locator("[name=why]").fill("litigation");
        approval.locator("[name=typed]").fill("case-exclusion");
        button(page, "Approve: delete for good").click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]")).containsText("The plan is approved");
        JsonNode ended = story.ended(id);
        assertThat(ended.get("stage").asString()).isEqualTo("COMPLETED_WITH_EXCEPTIONS");
        assertThat(story.tasks(id, "type=service&state=SKIPPED"))
                .singleElement()
                .satisfies(
                        service -> assertThat(service.get("reason").asString()).isEqualTo("EXCLUDED"));
        PlaywrightAssertions.assertThat(page.locator("#exceptions")).isVisible();
        looksGood(window, "request-exceptions");
    }

    @Test
    void denialDeletesNothing() {
        Place hosting = story.hosting();
        String id = planned("case-denied", hosting);
        Window window = signedIn("privacy-officer");
        go(window, "/requests/" + id + "/plan");
        Page page = window.page();
        Locator denial = page.locator("form[action$='/denial']");
        denial.locator("[name=reason]").selectOption("suspected_fraud");
        denial.locator("[name=typed]").fill("case-denied");
        button(page, "Deny: delete nothing").click();
        PlaywrightAssertions.assertThat(page.locator("#live .badge.large")).hasText("Denied");
        looksGood(window, "request-denied");
        assertThat(story.deletes(hosting)).isEmpty();
        assertThat(trail(id, "denied"))
                .singleElement()
                .satisfies(entry ->
                        assertThat(entry.get("actor").get("sub").asString()).isEqualTo("privacy-officer"));
    }

    @Test
    void whoeverSentItCannotApprove() {
        Place hosting = story.hosting();
        String id = planned("case-same-person", hosting);
        Window window = signedIn("privacy-desk");
        go(window, "/requests/" + id + "/plan");
        Page page = window.page();
        page.locator("form[action$='/approval'] [name=typed]").fill("case-same-person");
        button(page, "Approve: delete for good").click();
        PlaywrightAssertions.assertThat(page.locator("h1")).not().hasText("Plan of the delete");
        window.picture("console-same-person");
        complaintsExpected = true;
        assertThat(story.stageOf(id)).isEqualTo("AWAITING_APPROVAL");
        assertThat(trail(id, "approved")).isEmpty();
    }

    @Test
    void personConfirmsWhatOnlyAPersonCanDo() {
        Person author = DeleteStory.somebody("Author");
        story.change().author(author, 1, 0);
        ObjectNode request = named(DeleteStory.request(author), "case-manual");
        request.withArray("/targets").addObject().put("kind", "gallery-author");
        String id = story.planned(request);
        story.approve(id);
        JsonNode item = story.until(
                id,
                view -> !story.tasks(id, "kind=MANUAL&state=NEEDS_ACTION&type=gallery-entity")
                        .isEmpty());
        assertThat(item.get("stage").asString()).isNotEqualTo("COMPLETED");
        JsonNode task = story.tasks(id, "kind=MANUAL&state=NEEDS_ACTION&type=gallery-entity")
                .getFirst();
        Window window = signedIn("privacy-officer");
        go(window, "/requests/" + id);
        Page page = window.page();
        page.locator(".next a[href*='/resources/" + task.get("taskId").asString() + "']")
                .click();
        PlaywrightAssertions.assertThat(page.locator(".next")).containsText("signs in to the Azure AI Gallery");
        looksGood(window, "manual-action");
        page.getByLabel("What was done").fill("Deleted on the profile page");
        page.getByLabel("When, in UTC").fill("2026-03-01T12:00");
        page.locator("input[type=file]")
                .setInputFiles(new FilePayload(
                        "proof.png", "image/png", "<script>alert(1)</script>".getBytes(StandardCharsets.UTF_8)));
        button(page, "Confirm").click();
        PlaywrightAssertions.assertThat(page.locator("main")).containsText("must be a PNG or JPEG picture, or a PDF");
        page.goBack();
        page.reload();
        page.getByLabel("What was done").fill("Deleted on the profile page");
        page.getByLabel("When, in UTC").fill("2026-03-01T12:00");
        page.locator("input[type=file]").setInputFiles(new FilePayload("proof.png", "image/png", PNG));
        story.change().removeGalleryEntity(author, task.get("key").asString());
        button(page, "Confirm").click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]")).containsText("The confirmation is kept");
        story.task(
                id,
                task.get("taskId").asString(),
                seen -> seen.get("state").asString().equals("CONFIRMED"));
        page.reload();
        Download evidence = page.waitForDownload(
                () -> page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("Evidence"))
                        .click());
        assertThat(evidence.path()).hasBinaryContent(PNG);
        assertThat(evidence.suggestedFilename()).endsWith(".png");
        looksGood(window, "manual-confirmed");
        byte[] kept = story.broker()
                .bean(JdbcClient.class)
                .sql("select content from evidence_file where task_id = :task")
                .param("task", UUID.fromString(task.get("taskId").asString()))
                .query((row, number) -> row.getBytes(1))
                .single();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(PNG, StandardCharsets.ISO_8859_1));
        complaintsExpected = true; // The refusal of the wrong file is a 422.
        assertThat(window.complaints()).allMatch(complaint -> complaint.contains("422"));
    }

    @Test
    void laneIsPausedAndResumed() {
        story.ended(story.portal()
                .submit(ExportStory.request()
                        .toString()
                        .replace("\"targets\":[]", "\"targets\":[{\"kind\":\"gallery-author\"}]")));
        Window window = signedIn("operator");
        go(window, "/lanes");
        Page page = window.page();
        looksGood(window, "lanes");
        Locator lane = page.locator("li.card:has(h2:text-matches('gallery'))").first();
        lane.locator("summary").click();
        lane.locator("[name=reason]").fill("maintenance upstream");
        lane.locator("button:has-text('Pause it')").click();
        PlaywrightAssertions.assertThat(lane).containsText("maintenance upstream");
        PlaywrightAssertions.assertThat(lane).containsText("by operator");
        looksGood(window, "lane-paused");
        String waiting = story.portal()
                .submit(named(ExportStory.request(), "case-lane")
                        .toString()
                        .replace("\"targets\":[]", "\"targets\":[{\"kind\":\"gallery-author\"}]"));
        go(window, "/requests/" + waiting);
        PlaywrightAssertions.assertThat(page.locator("#live .badge.large")).hasText("Received");
        go(window, "/lanes");
        lane.locator("button:has-text('Resume')").click();
        PlaywrightAssertions.assertThat(page.locator("[role=status]")).containsText("The lane goes on");
        assertThat(story.ended(waiting).get("finishedAt").isNull()).isFalse();
    }

    @Test
    void lostSessionDoesNothingAndLeadsBack() {
        Place lab = story.lab();
        String id = planned("case-lost", lab);
        Window window = signedIn("privacy-officer");
        go(window, "/requests/" + id + "/plan");
        Page page = window.page();
        page.context().clearCookies();
        page.locator("form[action$='/approval'] [name=typed]").fill("case-lost");
        button(page, "Approve: delete for good").click();
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Your session has ended");
        looksGood(window, "session-lost");
        assertThat(story.stageOf(id)).isEqualTo("AWAITING_APPROVAL");
        assertThat(trail(id, "approved")).isEmpty();
        signIn(page, "privacy-officer");
        page.navigate(story.url() + "/console/requests/" + id + "/plan");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Plan of the delete");
        complaintsExpected = true; // A 403.
    }

    @Test
    void doubleClickOnApproveHasOneEffect() {
        Place lab = story.lab();
        String id = planned("case-double", lab);
        Window window = signedIn("privacy-officer");
        go(window, "/requests/" + id + "/plan");
        Page page = window.page();
        page.locator("form[action$='/approval'] [name=typed]").fill("case-double");
        button(page, "Approve: delete for good").dblclick();
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Delete case-double");
        story.ended(id);
        assertThat(trail(id, "approved")).hasSize(1);
    }

    @Test
    void personWithoutScopesSeesNoWayAndFindsNone() {
        Place hosting = story.hosting();
        String id = planned("case-reader", hosting);
        story.issuer().limitNextSignIn("openid dsr.read");
        Window window = signedIn("reader");
        go(window, "/requests/" + id + "/plan");
        Page page = window.page();
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Plan of the delete");
        PlaywrightAssertions.assertThat(page.locator("form[action$='/approval']"))
                .hasCount(0);
        go(window, "/lanes");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("You may not do this");
        looksGood(window, "forbidden");
        complaintsExpected = true;
    }

    @Test
    void pagesFitPhonesByNightAndWallsByDay() {
        Place lab = story.lab();
        String id = planned("case-sizes", lab);
        for (int width : new int[] {360, 1920}) {
            ColorScheme scheme = width < 1000 ? ColorScheme.DARK : ColorScheme.LIGHT;
            Window window = signedIn("privacy-officer", width, scheme);
            String suffix = "-" + width;
            looksGood(window, "requests" + suffix);
            go(window, "/requests/" + id);
            looksGood(window, "request" + suffix);
            go(window, "/requests/" + id + "/plan");
            looksGood(window, "plan" + suffix);
            go(window, "/requests/" + id + "/resources");
            looksGood(window, "resources" + suffix);
            go(window, "/lanes");
            looksGood(window, "lanes" + suffix);
            go(window, "/audit");
            looksGood(window, "audit" + suffix);
        }
    }

    @Test
    void keyboardAloneIsEnough() {
        Window window = signedIn("privacy-officer");
        Page page = window.page();
        page.keyboard().press("Tab");
        assertThat(page.evaluate("() => document.activeElement.textContent")).isEqualTo("Skip to the content");
        for (int i = 0; i < 3; i++) {
            page.keyboard().press("Tab");
        }
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("Lanes");
        button(page, "Sign out").focus();
        page.keyboard().press("Enter");
        PlaywrightAssertions.assertThat(page.locator("h1")).hasText("You are signed out");
        looksGood(window, "signed-out");
    }
}
