package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.simulator.PagingDialect.Continuation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PagingTests extends SimulatorTestCase {

    @ParameterizedTest
    @EnumSource
    void everyDialectLeadsToAllItems(Continuation continuation) throws Exception {
        simulator.settings().pageSize(3);
        for (var dialect : new PagingDialect[] {
            PagingDialect.plain(continuation),
            PagingDialect.plain(continuation).withEmptyMiddlePage(),
            PagingDialect.plain(continuation).withNullAtEnd()
        }) {
            simulator.settings().dialect(dialect);
            assertThat(client.all(history("/runs"), "$continuationtoken")).hasSize(20);
            assertThat(client.all(history("/runmetrics"), "$continuationtoken")).hasSize(40);
            assertThat(client.all(artifact("/assets"), "continuationToken")).hasSize(4);
            assertThat(client.all(models("/models"), "$skipToken")).hasSize(4);
        }
    }

    @Test
    void linksAreAbsoluteKeepTheirQueryAndHaveARawDollar() throws Exception {
        simulator.settings().dialect(PagingDialect.plain(Continuation.LINK)).pageSize(3);
        var link = client.get(models("/models")).json().path("nextLink").stringValue("");

        assertThat(link)
                .startsWith(models("/models").substring(0, 30))
                .contains("/eastus2/api/", "?api-version=2017-09-01-preview&$skipToken=");
        assertThat(client.get(link).json().has("nextLink")).isFalse();
        simulator.settings().nextLinkOrigin = "https://evil.example";
        assertThat(client.get(models("/models")).json().path("nextLink").stringValue(""))
                .startsWith("https://evil.example/eastus2/api/");
    }

    @Test
    void anEmptyMiddlePageStillLeadsOn() throws Exception {
        simulator
                .settings()
                .pageSize(3)
                .dialect(PagingDialect.plain(Continuation.LINK).withEmptyMiddlePage());
        var second = client.get(
                        client.get(models("/models")).json().path("nextLink").stringValue(""))
                .json();

        assertThat(second.path("value")).isEmpty();
        assertThat(second.has("nextLink")).isTrue();
    }

    @Test
    void nullAtTheEndIsExplicitOrAbsent() throws Exception {
        simulator.settings().dialect(PagingDialect.plain(Continuation.BOTH));
        assertThat(client.get(history("/runs")).json().has("continuationToken")).isFalse();
        simulator.settings().dialect(PagingDialect.plain(Continuation.BOTH).withNullAtEnd());
        assertThat(client.get(history("/runs")).json().path("continuationToken").isNull())
                .isTrue();
        assertThat(client.get(history("/runs")).json().path("nextLink").isNull())
                .isTrue();
    }

    @Test
    void aRepeatingTokenLeadsToItself() throws Exception {
        simulator
                .settings()
                .pageSize(3)
                .dialect(PagingDialect.plain(Continuation.LINK).withRepeatingToken());
        var second = client.get(models("/models")).json().path("nextLink").stringValue("");

        assertThat(client.get(second).json().path("nextLink").stringValue()).isEqualTo(second);
    }

    @Test
    void keysMayComeInAnotherCase() throws Exception {
        simulator
                .settings()
                .pageSize(3)
                .dialect(PagingDialect.plain(Continuation.LINK).withOtherKeyCase());
        var page = client.get(models("/models")).json();

        assertThat(page.has("NextLink")).isTrue();
        assertThat(page.path("Value").get(0).has("ID")).isTrue();
    }

    @Test
    void theDefaultDialectsTakeTurnsAndLeadToAllItems() throws Exception {
        simulator.settings().pageSize(3);
        for (var each : simulator.estate().projects()) {
            var location = each.projectName().equals("project2") ? "westcentralus" : "eastus2";
            var runs = experiments(location, "history", each, "/runs");
            assertThat(client.all(runs, "$continuationtoken")).hasSize(20);
        }
        assertThat(client.all(models("/models"), "$skipToken")).hasSize(4);
        assertThat(client.all(models("/images"), "$skipToken")).hasSize(4);
        assertThat(client.all(models("/manifests"), "$skipToken")).hasSize(4);
    }

    @Test
    void theCallerMayAskForAPageSize() throws Exception {
        assertThat(client.get(models("/models") + "&count=2").json().path("value"))
                .hasSize(2);
        assertThat(client.get(history("/runs?$top=5")).json().path("value")).hasSize(5);
    }

    @Test
    void aTokenThatWasNotEncodedIsRefused() throws Exception {
        simulator.settings().pageSize(3).dialect(PagingDialect.plain(Continuation.TOKEN));
        var token =
                client.get(history("/runs")).json().path("continuationToken").stringValue("");

        assertThat(token).contains("+");
        assertThat(client.get(history("/runs?$continuationtoken=" + token)).status())
                .isEqualTo(400);
    }
}
