package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileTests extends SimulatorTestCase {

    private final Hostile hostile = simulator.settings().hostile;

    private String trap() {
        return "http://127.0.0.1:" + simulator.trap().port();
    }

    private Client.Answer contentInfo() throws Exception {
        var container = HistoryDocuments.container(DataContainers.NULL, "run-1");
        var path = simulator.estate().runs(project).isEmpty() ? "" : EstateGenerator.AWKWARD_PATHS.getFirst();
        return client.get(artifact("/artifacts/contentinfo/ExperimentRun/" + container + "/" + Paths.encodePath(path)));
    }

    @Test
    void everyTrickButTheMetadataAddressLeadsIntoTheTrap() throws Exception {
        simulator.settings().pageSize(1).dialect(PagingDialect.plain(PagingDialect.Continuation.LINK));
        var all = List.of(
                Hostile.Trick.OTHER_HOST,
                Hostile.Trick.OTHER_PORT,
                Hostile.Trick.IPV6_MAPPED,
                Hostile.Trick.DECIMAL_ADDRESS);
        for (var trick : all) {
            hostile.bait(Hostile.Bait.NEXT_LINK, trick);
            var link = client.get(models("/models")).json().path("nextLink").stringValue("");
            assertThat(link).startsWith("http://").endsWith("skipToken=n1").contains("/accounts/models1/");
            assertThat(client.get(link).status()).as("%s", trick).isEqualTo(200);
        }
        assertThat(simulator.trap().connections()).isEqualTo(4);
        assertThat(simulator.trap().bearers()).isEqualTo(4);
        assertThat(simulator.trap().requests())
                .allSatisfy(caught -> assertThat(caught.target()).contains("/accounts/models1/models"));
    }

    @Test
    void theUserInfoOfALinkLooksLikeTheUpstreamAndItsHostIsTheTrap() throws Exception {
        simulator.settings().pageSize(1).dialect(PagingDialect.plain(PagingDialect.Continuation.LINK));
        hostile.bait(Hostile.Bait.NEXT_LINK, Hostile.Trick.USER_INFO);
        var link = client.get(models("/models")).json().path("nextLink").stringValue("");

        assertThat(link).startsWith(simulator.baseUrl("model-management").replace("/{location}", "@"));
        assertThat(URI.create(link).getPort()).isEqualTo(simulator.trap().port());
        hostile.bait(Hostile.Bait.NEXT_LINK, Hostile.Trick.METADATA_ADDRESS);
        assertThat(client.get(models("/models")).json().path("nextLink").stringValue(""))
                .startsWith("http://169.254.169.254/");
    }

    @Test
    void linksToContentLeadAstrayOneByOne() throws Exception {
        hostile.bait(Hostile.Bait.CONTENT_URI, Hostile.Trick.OTHER_PORT);
        var artifactUri =
                history("/runs/run-1/artifacturi?name=") + Paths.encode(EstateGenerator.AWKWARD_PATHS.getFirst());

        assertThat(contentInfo().json().path("contentUri").stringValue(""))
                .startsWith(trap())
                .contains("&sig=");
        assertThat(client.get(artifactUri).json().stringValue("")).startsWith(simulator.contentOrigin());
        hostile.bait(Hostile.Bait.ARTIFACT_URI, Hostile.Trick.OTHER_PORT);
        assertThat(client.get(artifactUri).json().stringValue("")).startsWith(trap());
        simulator.settings().artifactUriAsObject = true;
        assertThat(client.get(artifactUri).json().path("contentUri").stringValue(""))
                .startsWith(trap());
        hostile.clear();
        assertThat(contentInfo().json().path("contentUri").stringValue("")).startsWith(simulator.contentOrigin());
    }

    @Test
    void linksInsideDocumentsLeadAstrayAndTheRestOfThemStays() throws Exception {
        var user = gallery("/users/" + SUBJECT.authorId());
        var before = client.anonymous(user).json();
        hostile.bait(Hostile.Bait.MODEL_MANAGEMENT_SWAGGER_LOCATION, Hostile.Trick.OTHER_PORT)
                .bait(Hostile.Bait.DISCOVERY_URI, Hostile.Trick.OTHER_PORT)
                .bait(Hostile.Bait.SELF, Hostile.Trick.OTHER_PORT);
        var account = Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "models1");

        assertThat(client.get(arm(account.armId() + MODELS_VERSION))
                        .json()
                        .at("/properties/modelManagementSwaggerLocation")
                        .stringValue(""))
                .startsWith(trap());
        assertThat(client.get(arm(lab.armId() + LAB_VERSION))
                        .json()
                        .at("/properties/discoveryUri")
                        .stringValue(""))
                .startsWith(trap());
        var after = client.anonymous(user).json();
        assertThat(after.at("/_links/self").stringValue("")).startsWith(trap());
        assertThat(after.path("contribution_score")).isEqualTo(before.path("contribution_score"));
    }

    @Test
    void linksToOperationsLeadAstrayInBothUpstreams() throws Exception {
        var slow = SimulatorSettings.Async.succeeding(Duration.ofMinutes(1));
        simulator.settings().asyncDeletes.put(13, slow);
        simulator.settings().asyncDeletes.put(10, slow);
        hostile.bait(Hostile.Bait.LOCATION, Hostile.Trick.OTHER_PORT)
                .bait(Hostile.Bait.AZURE_ASYNC_OPERATION, Hostile.Trick.METADATA_ADDRESS)
                .bait(Hostile.Bait.OPERATION_LOCATION, Hostile.Trick.OTHER_PORT);
        var accepted = client.delete(arm(project.armId() + LAB_VERSION));

        assertThat(accepted.header("Location")).startsWith(trap()).contains("/operationResults/");
        assertThat(accepted.header("Azure-AsyncOperation")).startsWith("http://169.254.169.254/subscriptions/");
        var service = models("/services/" + ModelDocuments.serviceId("models1", 1));
        assertThat(client.delete(service).header("Operation-Location")).startsWith(trap() + "/api/subscriptions/");
        hostile.clear();
        simulator.settings().operationOrigin = "http://127.0.0.1:9";
        var other = models("/services/" + ModelDocuments.serviceId("models1", 2));
        assertThat(client.delete(other).header("Operation-Location")).startsWith("http://127.0.0.1:9/api/");
    }

    @Test
    void redirectsOfARowOrOfContentPointToTheTrapAndNothingHappens() throws Exception {
        var content = contentInfo().json().path("contentUri").stringValue("");
        hostile.redirect("arm", 307, 14).redirect("content", 302);
        var redirected = client.delete(arm(project.armId() + LAB_VERSION));

        assertThat(redirected.status()).isEqualTo(307);
        assertThat(redirected.header("Location")).isEqualTo(trap() + project.armId() + LAB_VERSION);
        assertThat(client.get(arm(lab.armId() + LAB_VERSION)).status()).isEqualTo(200);
        assertThat(client.anonymous(content).status()).isEqualTo(302);
        assertThat(simulator.estate().projects()).contains(project);
        assertThat(simulator.trap().connections()).isZero();
    }
}
