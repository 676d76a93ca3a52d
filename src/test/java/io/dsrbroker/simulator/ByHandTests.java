package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** People change the estate behind the broker's back. */
class ByHandTests extends SimulatorTestCase {

    private final Place account = Place.hostingAccount(Estate.SUBSCRIPTION, Estate.GROUP, "models1");

    private Estate.Builder change() {
        return simulator.estate().change();
    }

    private Client.Answer entities() throws Exception {
        var filter = Paths.encode("author/id eq '" + SUBJECT.authorId() + "'");
        return client.anonymous(gallery("/entities?$filter=" + filter), GalleryService.TOKEN_HEADER, "good");
    }

    @Test
    void removedEntityIsListedAndCountedNoMore() throws Exception {
        var ids = simulator.estate().galleryEntityIds(SUBJECT);
        assertThat(ids).hasSize(9);
        change().removeGalleryEntity(SUBJECT, ids.getFirst());

        assertThat(entities().text()).doesNotContain(ids.getFirst()).contains(ids.getLast());
        assertThat(client.anonymous(gallery("/users/" + SUBJECT.authorId()))
                        .json()
                        .path("entities_count")
                        .intValue())
                .isEqualTo(8);
        assertThat(simulator.held(SUBJECT, Select.ALL, Place.gallery())).containsEntry("gallery-entity", 8);
    }

    @Test
    void removedProfileIsNotFoundAndItsListIsEmpty() throws Exception {
        change().removeGalleryProfile(SUBJECT);

        assertThat(client.anonymous(gallery("/users/" + SUBJECT.authorId())).status())
                .isEqualTo(404);
        assertThat(entities().status()).isEqualTo(200);
        assertThat(entities().text()).doesNotContain(SUBJECT.authorId());
        assertThat(simulator.held(SUBJECT, Select.ALL, Place.gallery())).isEmpty();
    }

    @Test
    void removedRunIsGoneWithItsMetricsAndArtifacts() throws Exception {
        change().removeRun(project, "run-1").removeRun(project, "never-was");

        assertThat(client.get(history("/runs/run-1")).status()).isEqualTo(404);
        assertThat(client.get(history("/runs/run-1/artifacts")).status()).isEqualTo(404);
        assertThat(client.get(history("/runs/run-2")).status()).isEqualTo(200);
        assertThat(client.all(history("/runmetrics"), "$continuationtoken")).hasSize(38);
        assertThat(simulator.estate().runs(project)).hasSize(19);
    }

    @Test
    void modelsComeAndGo() throws Exception {
        var first = simulator.estate().modelIds(account).getFirst();
        change().removeModel(account, first).model(account, 99);

        assertThat(client.get(models("/models/" + first)).status()).isEqualTo(404);
        var added = simulator.estate().modelIds(account).getLast();
        assertThat(client.get(models("/models/" + added)).status()).isEqualTo(200);
        assertThat(simulator.estate().serviceIds(account))
                .containsExactly(ModelDocuments.serviceId("models1", 1), ModelDocuments.serviceId("models1", 2));
    }

    @Test
    void removedGroupIsToldApartFromRemovedResource() throws Exception {
        change().removeGroup(Estate.SUBSCRIPTION, Estate.GROUP);

        var gone = client.get(arm(lab.armId() + LAB_VERSION));
        assertThat(gone.status()).isEqualTo(404);
        assertThat(gone.json().at("/error/code").stringValue()).isEqualTo("ResourceGroupNotFound");
        assertThat(client.delete(arm(project.armId() + LAB_VERSION)).status()).isEqualTo(404);
    }
}
