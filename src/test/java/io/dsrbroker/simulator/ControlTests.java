package io.dsrbroker.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ControlTests extends SimulatorTestCase {

    private final HttpClient http = HttpClient.newHttpClient();

    private HttpResponse<String> call(String method, String path, String body) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(simulator.controlUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body.replace('\'', '"')))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private void done(String method, String path, String body) throws Exception {
        var response = call(method, path, body);
        assertThat(response.statusCode()).as(response.body()).isEqualTo(204);
    }

    private JsonNode json(String path) throws Exception {
        return Json.MAPPER.readTree(call("GET", path, "").body());
    }

    private String refused(String method, String path, String body) throws Exception {
        var response = call(method, path, body);
        assertThat(response.statusCode()).isEqualTo(400);
        return Json.MAPPER.readTree(response.body()).path("error").stringValue("");
    }

    private int status(String url) throws Exception {
        return client.get(url).status();
    }

    @Test
    void theRootListsEveryCall() throws Exception {
        assertThat(json("/").propertyNames())
                .contains("GET /state", "GET /counters", "PUT /faults", "POST /outages", "PUT /async/{row}")
                .hasSize(24);
    }

    @Test
    void whatIsUnknownOrBadIsNamedAndChangesNothing() throws Exception {
        assertThat(refused("PUT", "/quotas/nowhere", "{}")).contains("nowhere");
        assertThat(refused("PUT", "/quotas/arm", "{'reads':{'perSecond':1,'bucket':2,'x':3}}"))
                .isEqualTo("unknown field 'reads.x'");
        assertThat(refused("PUT", "/quotas/arm", "{'reads':{'perSecond':0,'bucket':2}}"))
                .contains("positive");
        assertThat(refused("PUT", "/settings", "{'cascadeLag':'PT1S','nothing':true}"))
                .isEqualTo("unknown field 'nothing'");
        assertThat(refused("PUT", "/settings", "{'cascadeLag':'soon'}"))
                .isEqualTo("field 'cascadeLag' must be a duration such as PT1.5S");
        assertThat(refused("PUT", "/faults", "{'rates':{'locusts':0.1}}")).contains("'locusts'", "hang-up");
        assertThat(refused("PUT", "/faults", "{'total':1.5}")).contains("at most 1");
        assertThat(refused("PUT", "/hostile", "{'links':{'next-link':'nice'}}")).contains("'nice'", "other-port");
        assertThat(refused("PUT", "/async/43", "{'takes':'PT1S'}")).contains("'43'");
        assertThat(refused("POST", "/outages", "{'upstream':'arm'}")).contains("'from'");
        assertThat(refused("POST", "/outages", "[]")).contains("not a JSON object");
        assertThat(refused("POST", "/outages", "{")).contains("not JSON");
        assertThat(call("GET", "/nothing", "").statusCode()).isEqualTo(404);
        assertThat(call("POST", "/state", "").statusCode()).isEqualTo(405);

        assertThat(simulator.settings().cascadeLag).isZero();
        assertThat(json("/state").path("quotas").isEmpty()).isTrue();
    }

    @Test
    void quotasAreEnforcedShownCountedAndLifted() throws Exception {
        done("PUT", "/quotas/arm", "{'reads':{'perSecond':0.01,'bucket':1}}");
        var url = arm(lab.armId() + LAB_VERSION);
        assertThat(status(url)).isEqualTo(200);
        assertThat(status(url)).isEqualTo(429);

        assertThat(json("/state").at("/quotas/arm~1read/bucket").intValue()).isEqualTo(1);
        var counters = json("/counters");
        assertThat(counters.at("/quotas/arm~1read/refused").intValue()).isEqualTo(1);
        assertThat(counters.path("throttled").intValue()).isEqualTo(1);
        assertThat(counters.path("requests"))
                .extracting(JsonNode::toString)
                .contains("{\"upstream\":\"arm\",\"row\":43,\"status\":200,\"count\":1}");
        done("DELETE", "/quotas/arm", "");
        assertThat(status(url)).isEqualTo(200);
        done("DELETE", "/counters", "");
        assertThat(json("/counters").path("requests").isEmpty()).isTrue();
    }

    @Test
    void faultsComeAndGo() throws Exception {
        done("PUT", "/faults", "{'seed':3,'rates':{'internal-error':1},'upstreams':['experiments'],'rows':[30]}");
        assertThat(status(history("/runs"))).isEqualTo(500);
        assertThat(status(history("/experiments"))).isEqualTo(200);
        assertThat(json("/counters").at("/faults/internal-error").intValue()).isEqualTo(1);
        done("DELETE", "/faults", "");
        assertThat(status(history("/runs"))).isEqualTo(200);
        done("PUT", "/faults", "{'total':0.2,'timeout':'PT1S','slowBody':'PT0.1S','methods':['GET']}");
        assertThat(simulator.settings().faults).isInstanceOf(FaultRates.class);
    }

    @Test
    void outagesAndBrownOutsComeAndGo() throws Exception {
        done("POST", "/outages", "{'upstream':'arm','how':'unavailable','for':'PT1M'}");
        done("POST", "/brown-outs", "{'upstream':'experiments','share':1,'status':500,'for':'PT1M'}");
        assertThat(status(arm(lab.armId() + LAB_VERSION))).isEqualTo(503);
        assertThat(status(history("/runs"))).isEqualTo(500);
        assertThat(json("/state").path("windows").size()).isEqualTo(2);
        done("DELETE", "/windows", "");
        assertThat(status(history("/runs"))).isEqualTo(200);
        done("POST", "/outages", "{'upstream':'arm','for':'PT1M'}");
        assertThat(catchThrowable(() -> status(arm(lab.armId())))).isInstanceOf(IOException.class);
    }

    @Test
    void hostileLinksComeAndGoAndVisitsToTheTrapAreCounted() throws Exception {
        done(
                "PUT",
                "/hostile",
                "{'links':{'discovery-uri':'other-host'},'redirects':{'arm':{'status':302,'rows':[44]}}}");
        var url = arm(lab.armId() + LAB_VERSION);
        client.get(client.get(url).json().at("/properties/discoveryUri").stringValue(""));
        assertThat(status(arm(lab.workspace("space1").armId() + LAB_VERSION))).isEqualTo(302);
        var trap = json("/counters").path("trap");
        assertThat(trap.path("connections").intValue()).isEqualTo(1);
        assertThat(trap.path("bearers").intValue()).isEqualTo(1);
        done("DELETE", "/hostile", "");
        assertThat(client.get(url).json().at("/properties/discoveryUri").stringValue(""))
                .startsWith("https://");
    }

    @Test
    void slowDeletionsLocksAndRetirementComeAndGo() throws Exception {
        var url = arm(project.armId() + LAB_VERSION);
        done("PUT", "/locks", "{'scopes':['" + lab.armId() + "']}");
        assertThat(client.delete(url).status()).isEqualTo(409);
        done("DELETE", "/locks", "");
        done("PUT", "/retired/arm", "");
        assertThat(client.delete(url).status()).isEqualTo(404);
        done("DELETE", "/retired/arm", "");
        done("PUT", "/async/13", "{'takes':'PT1H','end':'canceled','links':'status','failingReads':1}");
        var accepted = client.delete(url);
        assertThat(accepted.status()).isEqualTo(202);
        assertThat(status(accepted.header("Azure-AsyncOperation"))).isEqualTo(500);
        assertThat(json("/state").at("/async/13/end").stringValue()).isEqualTo("canceled");
        done("DELETE", "/async/13", "");
        assertThat(client.delete(url).status()).isEqualTo(200);
    }

    @Test
    void credentialsAreSwitchedAtRunTime() throws Exception {
        done("PUT", "/tokens/verdict", "{'verdict':'wrong-tenant'}");
        assertThat(status(history("/runs"))).isEqualTo(401);
        done("DELETE", "/tokens/verdict", "");
        assertThat(status(history("/runs"))).isEqualTo(200);
        assertThat(call("POST", "/tokens/revocation", "").body()).isEqualTo("{\"revoked\":0}");
        done("POST", "/content-links/expiry", "");
    }

    @Test
    void settingsAreWrittenAndShown() throws Exception {
        done("PUT", "/settings", "{'cascadeLag':'PT2M','pageSize':3,'keepLog':false,'operationOrigin':'http://x'}");

        assertThat(simulator.settings().cascadeLag).isEqualTo(Duration.ofMinutes(2));
        var settings = json("/state").path("settings");
        assertThat(settings.path("cascadeLag").stringValue()).isEqualTo("PT2M");
        assertThat(settings.at("/pageSize/runs").intValue()).isEqualTo(3);
        assertThat(settings.path("keepLog").booleanValue()).isFalse();
        assertThat(simulator.settings().operationOrigin).isEqualTo("http://x");
        done("PUT", "/settings", "{'operationOrigin':''}");
        assertThat(simulator.settings().operationOrigin).isNull();
        client.get(history("/runs"));
        assertThat(simulator.log()).isEmpty();
        assertThat(simulator.counts()).containsEntry(30, 1);
    }
}
