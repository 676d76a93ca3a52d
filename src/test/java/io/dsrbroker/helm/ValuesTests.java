package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What cannot work is refused before it reaches a cluster, in words that say what to change. */
class ValuesTests {

    @Test
    void allThatIsMissingIsToldAtOnce() {
        assertThat(Chart.refusal())
                .contains("The values are not complete:")
                .contains("image.repository must name the image")
                .contains("database.url must be given")
                .contains("database.existingSecret must name the Secret with the broker's role")
                .contains("migration.existingSecret must name the Secret with the role that owns the tables")
                .contains("vault.existingSecret must name the Secret with the keyset")
                .contains("receipt.existingSecret must name the Secret with the signing keys")
                .contains("jwt.issuerUri must name the issuer")
                .contains("azureWorkloadIdentity.clientId must be given")
                .contains("exportStore.containerUrl must be given for azure-blob")
                .contains("networkPolicy.egress.database.to must say where PostgreSQL is");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "database: { existingSecret: '' } | database.existingSecret must name",
                "migration: { existingSecret: '' } | migration.existingSecret must name",
                "migration: { existingSecret: dsr-database-application } | must be another role",
                "vault: { existingSecret: '' } | vault.existingSecret must name",
                "vault: { type: azure-key-vault } | vault.azureKeyUrl must be given",
                "receipt: { existingSecret: '' } | receipt.existingSecret must name",
                "callback: { existingSecret: '' } | callback.existingSecret must name the Secret that signs callbacks",
                "console: { clientId: '' } | console.clientId must name the console's client",
                "upstreams: { arm: { auth: { existingSecret: '' } } } | upstreams.arm.auth.existingSecret must be given",
                "upstreams: { arm: { auth: { tokenUri: '' } } } | upstreams.arm.auth.tokenUri must be given",
                "azureWorkloadIdentity: { enabled: true } | azureWorkloadIdentity.clientId must be given",
                "database: { url: 'jdbc:postgresql://h/d?ssl=true&password=x' } | may hold no user or password",
                "database: { url: 'jdbc:postgresql://h/d?user=x' } | may hold no user or password",
                "exportStore: { type: emptyDir } | lies on one node, so no other replica can read it",
                "{ replicas: 1, exportStore: { type: emptyDir }, autoscaling: { enabled: true } } | lies on one node",
                "exportStore: { persistentVolumeClaim: { accessMode: ReadWriteOnce } } | must be ReadWriteMany for more than one replica",
                "exportStore: { type: azure-blob } | exportStore.containerUrl must be given",
                "terminationGracePeriodSeconds: 39 | must be at least preStopSleepSeconds + 35 = 40",
                "preStopSleepSeconds: 30 | must be at least preStopSleepSeconds + 35 = 65",
                "podDisruptionBudget: { minAvailable: 1 } | not both",
                "podDisruptionBudget: { maxUnavailable: '' } | needs minAvailable or maxUnavailable",
                "podDisruptionBudget: { minAvailable: 2, maxUnavailable: '' } | nodes could never be drained",
                "podDisruptionBudget: { minAvailable: 100%, maxUnavailable: '' } | nodes could never be drained",
                "podDisruptionBudget: { maxUnavailable: 0 } | nodes could never be drained",
                "strategy: { maxSurge: 0 } | may not both be 0",
                "autoscaling: { enabled: true, minReplicas: 5 } | may not exceed autoscaling.maxReplicas",
                "networkPolicy: { egress: { database: { to: [] } } } | networkPolicy.egress.database.to must say",
                "{ networkPolicy: { enabled: false }, ciliumNetworkPolicy: { enabled: true } } | only adds to networkPolicy",
                "ingress: { enabled: true } | ingress.host must be given",
                "prometheusRule: { enabled: true } | runbookBase must say",
                "extraEnv: [{ name: PROXY_PASSWORD, value: x }] | extraEnv PROXY_PASSWORD looks like a secret",
                "extraEnv: [{ name: API_TOKEN, value: x }] | extraEnv API_TOKEN looks like a secret",
                "extraEnv: [{ name: SPRING_FLYWAY_ENABLED, value: 'true' }] | is set by the chart from other values",
                "extraVolumes: [{ name: tmp, configMap: { name: x } }] | extraVolumes tmp is a volume of the chart",
                "config: { spring: { datasource: { password: x } } } | config.spring.datasource.password looks like a secret",
                "config: { spring.datasource.password: x } | config.spring.datasource.password looks like a secret",
                "config: { dsr: { export: { account-key: x } } } | config.dsr.export.account-key looks like a secret",
                "config: { dsr: { callback: { secret: [a, b] } } } | config.dsr.callback.secret[0] looks like a secret",
                "config: { dsr: { upstreams: { arm: { auth: { client-secret: x } } } } } | client-secret looks like a secret"
            })
    void contradictionsAreToldInWords(String values, String told) {
        assertThat(Chart.refusal(Chart.ELSEWHERE, values)).contains(told);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "replica: 3 | replica",
                "replicas: 0 | /replicas",
                "replicas: many | /replicas",
                "replicas: 1.5 | /replicas",
                "revisionHistoryLimit: -1 | /revisionHistoryLimit",
                "image: { name: x } | /image",
                "image: { repository: 'UPPER' } | /image/repository",
                "image: { digest: abc } | /image/digest",
                "image: { pullPolicy: Sometimes } | /image/pullPolicy",
                "imagePullSecrets: [registry] | /imagePullSecrets/0",
                "strategy: { type: Fast } | /strategy/type",
                "strategy: { maxSurge: half } | /strategy/maxSurge",
                "autoscaling: { maxReplicas: 0 } | /autoscaling/maxReplicas",
                "autoscaling: { targetCPUUtilizationPercentage: 200 } | /autoscaling/targetCPUUtilizationPercentage",
                "podDisruptionBudget: { maxUnavailable: 150% } | /podDisruptionBudget/maxUnavailable",
                "preStopSleepSeconds: 0 | /preStopSleepSeconds",
                "terminationGracePeriodSeconds: 10 | /terminationGracePeriodSeconds",
                "database: { url: 'jdbc:mysql://h/d' } | /database/url",
                "database: { password: x } | /database",
                "database: { existingSecret: 'Not A Name' } | /database/existingSecret",
                "database: { usernameKey: '' } | /database/usernameKey",
                "migration: { password: x } | /migration",
                "migration: { backoffLimit: -1 } | /migration/backoffLimit",
                "migration: { resources: { limits: { gpu: 1 } } } | gpu",
                "vault: { type: file } | /vault/type",
                "vault: { keyset: '{}' } | /vault",
                "vault: { azureKeyUrl: 'https://v/keys/k/0123' } | /vault/azureKeyUrl",
                "receipt: { keyset: '{}' } | /receipt",
                "exportStore: { type: s3 } | /exportStore/type",
                "exportStore: { containerUrl: 'http://a/c' } | /exportStore/containerUrl",
                "exportStore: { containerUrl: 'https://a/c?sv=1' } | /exportStore/containerUrl",
                "exportStore: { persistentVolumeClaim: { accessMode: ReadOnlyMany } } | /exportStore/persistentVolumeClaim/accessMode",
                "exportStore: { persistentVolumeClaim: { size: big } } | /exportStore/persistentVolumeClaim/size",
                "tmp: { sizeLimit: -1Gi } | /tmp/sizeLimit",
                "jwt: { issuerUri: 'http://issuer' } | /jwt/issuerUri",
                "callback: { secret: whsec } | /callback",
                "console: { clientSecret: x } | /console",
                "console: { scopes: ['dsr.read dsr.create'] } | /console/scopes/0",
                "callback: { allowedHosts: ['https://portal'] } | /callback/allowedHosts/0",
                "azureWorkloadIdentity: { clientId: me } | /azureWorkloadIdentity/clientId",
                "upstreams: { arm: { auth: { type: password } } } | /upstreams/arm/auth/type",
                "upstreams: { arm: { auth: { clientSecret: x } } } | /upstreams/arm/auth",
                "upstreams: { arm: { baseUrl: 'http://a' } } | /upstreams/arm/baseUrl",
                "upstreams: { ARM: {} } | ARM",
                "config: [a] | /config",
                "logFormat: xml | /logFormat",
                "extraEnv: [{ name: A }] | /extraEnv/0",
                "extraEnv: [{ name: A, value: b, valueFrom: { fieldRef: { fieldPath: c } } }] | /extraEnv/0",
                "extraVolumes: [{ name: root, hostPath: { path: / } }] | /extraVolumes/0",
                "extraVolumes: [{ name: more, emptyDir: {} }] | /extraVolumes/0",
                "extraVolumeMounts: [{ name: a, mountPath: /a, readOnly: false }] | /extraVolumeMounts/0/readOnly",
                "resources: { limits: { memory: lots } } | /resources/limits/memory",
                "securityContext: { runAsUser: 0 } | /securityContext/runAsUser",
                "securityContext: { privileged: true } | /securityContext",
                "livenessProbe: { httpGet: { path: / } } | /livenessProbe",
                "readinessProbe: { periodSeconds: 0 } | /readinessProbe/periodSeconds",
                "podLabels: { a: 1 } | /podLabels/a",
                "tolerations: [{ key: a, effect: Never }] | /tolerations/0/effect",
                "topologySpreadConstraints: [{ maxSkew: 1 }] | /topologySpreadConstraints/0",
                "serviceAccount: { automountToken: maybe } | /serviceAccount/automountToken",
                "service: { port: 70000 } | /service/port",
                "service: { type: ExternalName } | /service/type",
                "ingress: { hosts: [a] } | /ingress",
                "networkPolicy: { ingress: { api: [{}] } } | /networkPolicy/ingress/api/0",
                "networkPolicy: { ingress: { api: [{ ipBlock: { cidr: everywhere } }] } } | /networkPolicy/ingress/api/0/ipBlock/cidr",
                "networkPolicy: { egress: { https: [{ fqdn: a }] } } | /networkPolicy/egress/https/0",
                "networkPolicy: { egress: { extra: [{ to: [], port: 1 }] } } | /networkPolicy/egress/extra/0/to",
                "networkPolicy: { egress: { all: true } } | /networkPolicy/egress",
                "ciliumNetworkPolicy: { fqdns: ['https://a'] } | /ciliumNetworkPolicy/fqdns/0",
                "ciliumNetworkPolicy: { fqdns: [] } | /ciliumNetworkPolicy/fqdns",
                "runbookBase: docs | /runbookBase",
                "monitoring: { selector: '{job=a}' } | /monitoring/selector",
                "serviceMonitor: { interval: often } | /serviceMonitor/interval",
                "prometheusRule: { enabled: 'yes' } | /prometheusRule/enabled",
                "grafanaDashboard: { labels: { a: true } } | /grafanaDashboard/labels/a"
            })
    void badValuesAreRefusedByTheSchemaWithTheirPlace(String values, String place) {
        assertThat(Chart.refusal(Chart.ELSEWHERE, values))
                .contains("values don't meet the specifications of the schema")
                .contains(place);
    }

    @Test
    void whatLooksLikeASecretMayBeAReference() {
        assertThat(Chart.render(Chart.AZURE, """
                        config: { spring: { mail: { password: "${MAIL_PASSWORD}" } } }
                        extraEnv:
                          - { name: MAIL_PASSWORD, valueFrom: { secretKeyRef: { name: mail, key: password } } }
                          - { name: AZURE_FEDERATED_TOKEN_FILE, value: /var/run/token }
                        """).text()).contains("password: ${MAIL_PASSWORD}");
    }

    @Test
    void oneReplicaMayKeepItsPackagesOnItsNode() {
        assertThat(Chart.render(Chart.AZURE, "replicas: 1\nexportStore: { type: emptyDir }")
                        .text())
                .contains("name: export");
    }

    @Test
    void schemaKnowsEveryValueAndNoOther() throws IOException {
        JsonNode schema = JsonMapper.shared().readTree(Chart.FOLDER.resolve("values.schema.json"));
        JsonNode values = YAMLMapper.shared().readTree(Chart.FOLDER.resolve("values.yaml"));
        assertThat(schema.path("$schema").asString()).isEqualTo("http://json-schema.org/draft-07/schema#");
        List<String> differences = new ArrayList<>();
        compare("", schema, values, differences);
        assertThat(differences).containsExactly("/global");
    }

    /** Where the schema allows no other names, those of the defaults are its own. */
    private static void compare(String path, JsonNode schema, JsonNode values, List<String> differences) {
        if (schema.path("additionalProperties").isBoolean() && values.isObject() && !values.isEmpty()) {
            TreeSet<String> names = new TreeSet<>(schema.path("properties").propertyNames());
            TreeSet<String> either = new TreeSet<>(names);
            either.addAll(values.propertyNames());
            for (String name : either) {
                if (!names.contains(name) || !values.has(name)) {
                    differences.add(path + "/" + name);
                } else {
                    compare(path + "/" + name, schema.path("properties").path(name), values.path(name), differences);
                }
            }
        }
    }
}
