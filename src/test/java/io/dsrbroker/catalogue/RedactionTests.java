package io.dsrbroker.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RedactionTests {

    private final JsonMapper json = new JsonMapper();
    private final Catalogue catalogue = new CatalogueLoader().load(List.of());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "experimentation-account|{'properties':{'storageAccount':{'accessKey':'S'}}}",
                "experimentation-account|{'Properties':{'StorageAccount':{'AccessKey':'S'}}}",
                "run|{'token':'S'}",
                "compute|{'properties':{'properties':{'administratorAccount':{'password':'S'}}}}",
                "compute|{'properties':{'properties':{'administratorAccount':{'privateKeyData':'S'}}}}",
                "compute|{'properties':{'properties':{'sslConfiguration':{'key':'S'}}}}",
                "operationalization-cluster|{'properties':{'containerService':{'orchestratorProperties':{'servicePrincipal':{'secret':'S'}}}}}",
                "operationalization-cluster|{'properties':{'appInsights':{'apiKey':'S'}}}",
                "operationalization-cluster|{'properties':{'globalServiceConfiguration':{'ssl':{'key':'S'}}}}",
            })
    void credentialIsReplaced(String type, String document) {
        assertThat(redacted(type, document).toString())
                .contains(Redaction.CREDENTIAL)
                .doesNotContain("\"S\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model|{'url':'https://h/model?sv=1&sig=S'}",
                "manifest|{'assets':[{'url':'https://h/model?se=S'}]}",
                "image|{'imageBuildLogUri':'https://h/model?S','manifest':{'assets':[]}}",
                "service|{'image':{'manifest':{'assets':[{'url':'https://h/model?S'}]}}}",
                "run-metric|{'dataLocation':'https://h/model?S'}",
                "run|{'properties':{'anything':'https://h/model?a=b&sig=S'}}",
            })
    void urlLosesItsQuery(String type, String document) {
        assertThat(redacted(type, document).toString())
                .contains("https://h/model\"")
                .doesNotContain("S\"");
    }

    @Test
    void everythingElseStaysAsItWas() {
        String run =
                "{'runId':'run-1','token':null,'properties':{'see':'https://h/page?id=1','score':86.35},'tags':['key']}";
        assertThat(redacted("run", run)).isEqualTo(parsed(run));
    }

    @Test
    void bareUrlLosesItsQuery() {
        assertThat(Redaction.urls(parsed("'https://h/a?sig=S'")).stringValue()).isEqualTo("https://h/a");
        assertThat(Redaction.urls(parsed("{'contentUri':'https://h/a?S'}")).toString())
                .isEqualTo("{\"contentUri\":\"https://h/a\"}");
    }

    private JsonNode redacted(String type, String document) {
        return Redaction.of(catalogue.type(type)).apply(parsed(document));
    }

    private JsonNode parsed(String document) {
        return json.readTree(document.replace('\'', '"'));
    }
}
