package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.EstateSpec;
import io.dsrbroker.simulator.Person;
import io.dsrbroker.simulator.Place;
import io.dsrbroker.support.Portal;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.node.ObjectNode;

/** A subject has one delete at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ActiveDeleteTests {

    private final DeleteStory story = DeleteStory.of(
            EstateSpec.small().withHostingAccounts(1, 1, 0).withLabs(0, 0, 0).withCompute(0, 0));
    private final Place hosting = story.hosting();

    @AfterAll
    void close() {
        story.close();
    }

    private Portal.Answer submit(Person subject) {
        return story.portal()
                .post("/requests", DeleteStory.all(subject, hosting).toString());
    }

    private void deny(String id) {
        story.settled(id);
        assertThat(story.officer()
                        .post("/requests/" + id + "/denial", "{\"reason\":\"other\",\"comment\":\"a test\"}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void ofTwoAtOnceOneIsAcceptedAndTheOtherIsToldWhich() {
        Person subject = DeleteStory.somebody("Pair");
        List<Portal.Answer> answers = List.of(
                        CompletableFuture.supplyAsync(() -> submit(subject)),
                        CompletableFuture.supplyAsync(() -> submit(subject)))
                .stream()
                .map(CompletableFuture::join)
                .toList();
        assertThat(answers).extracting(Portal.Answer::status).containsExactlyInAnyOrder(202, 409);
        Portal.Answer accepted = answers.get(answers.getFirst().status() == 202 ? 0 : 1);
        Portal.Answer refused = answers.get(answers.getFirst().status() == 202 ? 1 : 0);
        String id = accepted.json().get("id").asString();
        assertThat(refused.json().get("type").asString()).isEqualTo("/problems/active-delete-exists");
        assertThat(refused.json().get("requestId").asString()).isEqualTo(id);
        assertThat(refused.body()).doesNotContain(subject.userName(), subject.objectId(), subject.authorId());

        deny(id);
        Portal.Answer third = submit(subject);
        assertThat(third.status()).isEqualTo(202);
        deny(third.json().get("id").asString());
    }

    @Test
    void oneIdentifierInCommonIsEnough() {
        Person subject = DeleteStory.somebody("Partly");
        String id = submit(subject).json().get("id").asString();
        ObjectNode byMail = DeleteStory.all(subject, hosting);
        byMail.putObject("subject").put("email", subject.userName().toUpperCase(Locale.ROOT));
        Portal.Answer refused = story.portal().post("/requests", byMail.toString());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("requestId").asString()).isEqualTo(id);
        deny(id);
    }
}
