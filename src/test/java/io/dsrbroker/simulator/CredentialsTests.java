package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CredentialsTests extends SimulatorTestCase {

    private static final String FORM = "grant_type=client_credentials&client_id=broker&client_secret=s&scope=";
    private static final String SCOPE = "https%3A%2F%2Fmanagement.core.windows.net%2F%2F.default";

    @Test
    void aCallWithoutATokenGets401() throws Exception {
        for (var url : new String[] {models("/models"), history("/runs"), arm(lab.armId() + LAB_VERSION)}) {
            var answer = client.anonymous(url);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer authorization_uri=\"");
            assertThat(answer.json().at("/error/code").stringValue()).isEqualTo("InvalidAuthenticationToken");
        }
        simulator.settings().revokedTokens.add("good");
        assertThat(client.get(history("/runs")).json().at("/error/code").stringValue())
                .isEqualTo("ExpiredAuthenticationToken");
    }

    @Test
    void issuedTokensAreGoodUntilTheyExpire() throws Exception {
        var now = Clock.systemUTC();
        simulator.settings().clock = now;
        simulator.settings().onlyIssuedTokens = true;
        assertThat(client.get(history("/runs")).status()).isEqualTo(401);

        var answer = client.form(simulator.tokenEndpoint(), FORM + SCOPE).json();
        assertThat(answer.path("expires_in").intValue()).isEqualTo(3599);
        var bearer = "Bearer " + answer.path("access_token").stringValue();
        assertThat(client.send("GET", history("/runs"), "Authorization", bearer).status())
                .isEqualTo(200);
        simulator.settings().clock = Clock.offset(now, Duration.ofHours(1));
        assertThat(client.send("GET", history("/runs"), "Authorization", bearer).status())
                .isEqualTo(401);
        assertThat(simulator.tokenRequests()).isEqualTo(1);
    }

    @Test
    void theTokenEndpointRefusesInTheDirectorysShape() throws Exception {
        var scope = client.form(simulator.tokenEndpoint(), FORM + "https%3A%2F%2Ffoo%2F.default");
        assertThat(scope.status()).isEqualTo(400);
        assertThat(scope.json().path("error").stringValue()).isEqualTo("invalid_scope");
        simulator.settings().acceptedClients = client -> false;
        var refused = client.form(simulator.tokenEndpoint(), FORM + SCOPE);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().path("error_codes").get(0).intValue()).isEqualTo(7000215);
    }

    @Test
    void theLogTellsThatThereWereCredentialsButNotWhich() throws Exception {
        client.send("GET", history("/runs"), "Authorization", "Bearer good", "x-ms-client-request-id", "abc");
        var logged = simulator.log().getFirst();

        assertThat(logged.authorization()).isTrue();
        assertThat(logged.clientRequestId()).isEqualTo("abc");
        assertThat(logged.status()).isEqualTo(200);
        assertThat(logged.toString()).doesNotContain("good");
    }

    private String bearer() throws Exception {
        return "Bearer "
                + client.form(simulator.tokenEndpoint(), FORM + SCOPE)
                        .json()
                        .path("access_token")
                        .stringValue("");
    }

    @Test
    void issuedTokensThatExpireAtRunTimeAreRefusedUntilThereIsANewOne() throws Exception {
        var old = bearer();
        assertThat(simulator.expireTokens()).isEqualTo(1);

        var refused = client.send("GET", history("/runs"), "Authorization", old);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.json().at("/error/code").stringValue()).isEqualTo("ExpiredAuthenticationToken");
        assertThat(client.send("GET", history("/runs"), "Authorization", bearer())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aTokenOfAnotherAudienceOrTenantIsToldApart() throws Exception {
        simulator.settings().tokenCheck = token -> TokenCheck.Verdict.WRONG_AUDIENCE;
        assertThat(client.get(history("/runs")).json().at("/error/code").stringValue())
                .isEqualTo("InvalidAuthenticationTokenAudience");
        simulator.settings().tokenCheck = token -> TokenCheck.Verdict.WRONG_TENANT;
        var tenant = client.get(arm(lab.armId() + LAB_VERSION));
        assertThat(tenant.status()).isEqualTo(401);
        assertThat(tenant.json().at("/error/code").stringValue()).isEqualTo("InvalidAuthenticationTokenTenant");
        assertThat(tenant.header("WWW-Authenticate")).startsWith("Bearer authorization_uri=\"https://login");
    }
}
