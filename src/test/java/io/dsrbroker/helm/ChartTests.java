package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.convert.DurationStyle;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What the chart renders is what a cluster needs to run the broker, and nothing is misspelt. */
class ChartTests {

    private static final JsonNode DEFAULTS =
            YAMLMapper.shared().readTree(Path.of("src/main/resources/application.yaml"));

    @Test
    void lintIsContent() {
        LintResult lint = new Helm(Chart.FOLDER).lint().strict().call();
        assertThat(lint.getMessages())
                .noneMatch(message -> message.contains("[ERROR]") || message.contains("[WARNING]"));
        assertThat(lint.isFailed()).isFalse();
    }

    @Test
    void onlyWhatMustBeGivenRendersTheUsualParts() {
        assertThat(Chart.render(Chart.AZURE).names())
                .containsExactly(
                        "ConfigMap/dsr-dsr-broker",
                        "Deployment/dsr-dsr-broker",
                        "Job/dsr-dsr-broker-migration",
                        "NetworkPolicy/dsr-dsr-broker",
                        "NetworkPolicy/dsr-dsr-broker-migration",
                        "PodDisruptionBudget/dsr-dsr-broker",
                        "Service/dsr-dsr-broker",
                        "Service/dsr-dsr-broker-management",
                        "ServiceAccount/dsr-dsr-broker",
                        "ServiceAccount/dsr-dsr-broker-migration");
    }

    @Test
    void everythingThatIsOptionalCanBeTurnedOn() {
        assertThat(Chart.render(Chart.AZURE, Chart.MONITORING).names())
                .containsAll(Chart.render(Chart.AZURE).names())
                .contains(
                        "CiliumNetworkPolicy/dsr-dsr-broker",
                        "ConfigMap/dsr-dsr-broker-dashboard",
                        "HorizontalPodAutoscaler/dsr-dsr-broker",
                        "Ingress/dsr-dsr-broker",
                        "PrometheusRule/dsr-dsr-broker",
                        "ServiceMonitor/dsr-dsr-broker")
                .hasSize(16);
    }

    @Test
    void everythingThatIsOptionalCanBeTurnedOff() {
        assertThat(Chart.render(Chart.AZURE, """
                        podDisruptionBudget: { enabled: false }
                        networkPolicy: { enabled: false }
                        migration: { enabled: false, existingSecret: "" }
                        serviceAccount: { create: false, name: given }
                        """).names())
                .containsExactly(
                        "ConfigMap/dsr-dsr-broker",
                        "Deployment/dsr-dsr-broker",
                        "Service/dsr-dsr-broker",
                        "Service/dsr-dsr-broker-management");
    }

    @Test
    void nothingIsMisspelt() {
        for (Rendered rendered : List.of(Chart.render(Chart.AZURE, Chart.MONITORING), Chart.render(Chart.ELSEWHERE))) {
            for (HasMetadata object : rendered.objects()) {
                assertThat(Unknown.fields(object))
                        .as(object.getMetadata().getName())
                        .isEmpty();
                assertThat(object.getMetadata().getNamespace()).isEqualTo("privacy");
            }
        }
        Deployment wrong = new Rendered("apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: x }\n"
                        + "spec: { template: { spec: { containers: [{ name: c, imagePullPolice: Never }] } } }")
                .one(Deployment.class);
        assertThat(Unknown.fields(wrong)).containsExactly("imagePullPolice");
    }

    @Test
    void versionIsTheJars() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        JsonNode chart = YAMLMapper.shared().readTree(Chart.FOLDER.resolve("Chart.yaml"));
        assertThat(pom).contains("<version>" + chart.path("appVersion").asString() + "-SNAPSHOT</version>");
        assertThat(chart.path("kubeVersion").asString()).isEqualTo(">=1.30.0-0");
    }

    @Test
    void probesAskTheManagementPort() {
        Container broker = Chart.render(Chart.AZURE).broker();
        for (Probe probe : List.of(broker.getStartupProbe(), broker.getLivenessProbe(), broker.getReadinessProbe())) {
            assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("management");
        }
        assertThat(path(broker.getStartupProbe())).isEqualTo("/actuator/health/liveness");
        assertThat(path(broker.getLivenessProbe())).isEqualTo("/actuator/health/liveness");
        assertThat(path(broker.getReadinessProbe())).isEqualTo("/actuator/health/readiness");
        assertThat(broker.getPorts())
                .extracting(port -> port.getName() + "=" + port.getContainerPort())
                .containsExactly("http=8080", "management=8081");
        assertThat(DEFAULTS.at("/management/server/port").asInt()).isEqualTo(8081);
        assertThat(DEFAULTS.at("/management/endpoint/health/probes/enabled").asBoolean())
                .isTrue();
    }

    private static String path(Probe probe) {
        HTTPGetAction get = probe.getHttpGet();
        return get.getPath();
    }

    @Test
    void livenessDoesNotDependOnTheDatabase() {
        assertThat(DEFAULTS.at("/management/endpoint/health/group/liveness/include")
                        .asString())
                .isEqualTo("livenessState");
        assertThat(application(Chart.render(Chart.AZURE, Chart.MONITORING))
                        .at("/management/endpoint/health/group")
                        .isMissingNode())
                .isTrue();
    }

    @Test
    void stoppingReplicaIsGivenTheTimeItTakes() {
        Rendered rendered = Chart.render(Chart.AZURE);
        long sleep = rendered.broker().getLifecycle().getPreStop().getSleep().getSeconds();
        Duration takes = Stream.of(
                        "/spring/lifecycle/timeout-per-shutdown-phase",
                        "/db-scheduler/shutdown-max-wait",
                        "/dsr/lanes/drain")
                .map(pointer ->
                        DurationStyle.detectAndParse(DEFAULTS.at(pointer).asString()))
                .reduce(Duration.ofSeconds(sleep), Duration::plus);
        assertThat(sleep).isPositive();
        assertThat(rendered.brokerPod().getSpec().getTerminationGracePeriodSeconds())
                .isGreaterThanOrEqualTo(takes.toSeconds())
                .isGreaterThanOrEqualTo(30);
        assertThat(rendered.broker().getLifecycle().getPreStop().getExec())
                .as("the image has no shell")
                .isNull();
    }

    @Test
    void selectorsFitTheBrokersPodsAndNoOthers() {
        Rendered rendered = Chart.render(Chart.AZURE, Chart.MONITORING, """
                podLabels: { team: privacy }
                """);
        Map<String, String> broker = rendered.brokerPod().getMetadata().getLabels();
        Map<String, String> migration = rendered.migrationPod().getMetadata().getLabels();
        assertThat(broker).containsEntry("team", "privacy");
        List<Map<String, String>> selectors = List.of(
                rendered.one(Deployment.class).getSpec().getSelector().getMatchLabels(),
                rendered.named(Service.class, "dsr-dsr-broker").getSpec().getSelector(),
                rendered.named(Service.class, "dsr-dsr-broker-management")
                        .getSpec()
                        .getSelector(),
                rendered.one(PodDisruptionBudget.class).getSpec().getSelector().getMatchLabels(),
                rendered.named(NetworkPolicy.class, "dsr-dsr-broker")
                        .getSpec()
                        .getPodSelector()
                        .getMatchLabels(),
                Rendered.strings(rendered.custom("CiliumNetworkPolicy").at("/spec/endpointSelector/matchLabels")),
                rendered.brokerPod()
                        .getSpec()
                        .getTopologySpreadConstraints()
                        .getFirst()
                        .getLabelSelector()
                        .getMatchLabels());
        assertThat(selectors).allSatisfy(selector -> {
            assertThat(selector).isNotEmpty();
            assertThat(broker).containsAllEntriesOf(selector);
            assertThat(migration.entrySet().containsAll(selector.entrySet())).isFalse();
        });
        Map<String, String> migrationSelector = rendered.named(NetworkPolicy.class, "dsr-dsr-broker-migration")
                .getSpec()
                .getPodSelector()
                .getMatchLabels();
        assertThat(migration).containsAllEntriesOf(migrationSelector);
        assertThat(broker.entrySet().containsAll(migrationSelector.entrySet())).isFalse();
    }

    @Test
    void serviceMonitorFindsTheManagementServiceOnly() {
        Rendered rendered = Chart.render(Chart.AZURE, Chart.MONITORING);
        JsonNode monitor = rendered.custom("ServiceMonitor");
        Map<String, String> selector = Rendered.strings(monitor.at("/spec/selector/matchLabels"));
        List<Service> found = rendered.all(Service.class)
                .filter(service -> service.getMetadata().getLabels().entrySet().containsAll(selector.entrySet()))
                .toList();
        assertThat(found)
                .extracting(service -> service.getMetadata().getName())
                .containsExactly("dsr-dsr-broker-management");
        String port = monitor.at("/spec/endpoints/0/port").asString();
        assertThat(found.getFirst().getSpec().getPorts())
                .extracting(each -> each.getName())
                .containsExactly(port);
        assertThat(found.getFirst().getSpec().getPublishNotReadyAddresses()).isTrue();
        assertThat(rendered.named(Service.class, "dsr-dsr-broker").getSpec().getPorts())
                .as("the management port is on no load balancer")
                .extracting(each -> each.getTargetPort().getStrVal())
                .containsExactly("http");
    }

    @Test
    void noSecretIsRenderedAndEveryValueIsARef() {
        for (Rendered rendered :
                List.of(Chart.render(Chart.AZURE, Chart.MONITORING), Chart.render(Chart.ELSEWHERE, Chart.MONITORING))) {
            assertThat(rendered.all(Secret.class)).isEmpty();
            rendered.pods().stream()
                    .flatMap(pod -> pod.getSpec().getContainers().stream())
                    .flatMap(container -> container.getEnv().stream())
                    .filter(variable -> variable.getName().matches(".*(PASSWORD|SECRET|USER).*"))
                    .forEach(variable -> assertThat(variable.getValueFrom().getSecretKeyRef())
                            .as(variable.getName())
                            .isNotNull());
        }
        assertThat(secrets(Chart.render(Chart.ELSEWHERE).broker()))
                .containsEntry("SPRING_DATASOURCE_USERNAME", "dsr-database-application/username")
                .containsEntry("SPRING_DATASOURCE_PASSWORD", "dsr-database-application/password")
                .containsEntry("DSR_CALLBACK_SECRET", "dsr-callback/secret")
                .containsEntry("DSR_CONSOLE_CLIENT_SECRET", "dsr-console/client-secret")
                .containsEntry("DSR_CLIENT_SECRET_MODEL_MANAGEMENT", "dsr-azure-client/client-secret")
                .doesNotContainValue("dsr-database-owner/password");
    }

    @Test
    void consoleIsThereOnlyWithItsClient() {
        Rendered without = Chart.render(Chart.AZURE);
        assertThat(application(without).at("/dsr/console").isMissingNode()).isTrue();
        assertThat(secrets(without.broker())).doesNotContainKey("DSR_CONSOLE_CLIENT_SECRET");
        Rendered open = Chart.render(Chart.AZURE, "console: { clientId: app, scopes: [openid, 'api://dsr/dsr.read'] }");
        assertThat(application(open).at("/dsr/console").toString())
                .isEqualTo("{\"client-id\":\"app\",\"scopes\":[\"openid\",\"api://dsr/dsr.read\"]}");
        assertThat(secrets(open.broker())).doesNotContainKey("DSR_CONSOLE_CLIENT_SECRET");
    }

    private static Map<String, String> secrets(Container container) {
        return container.getEnv().stream()
                .filter(variable -> variable.getValueFrom() != null)
                .collect(Collectors.toMap(
                        EnvVar::getName,
                        variable -> variable.getValueFrom().getSecretKeyRef().getName() + "/"
                                + variable.getValueFrom().getSecretKeyRef().getKey()));
    }

    private static String value(Container container, String name) {
        return container.getEnv().stream()
                .filter(variable -> variable.getName().equals(name))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse("");
    }

    private static JsonNode application(Rendered rendered) {
        return YAMLMapper.shared()
                .readTree(rendered.named(ConfigMap.class, "dsr-dsr-broker")
                        .getData()
                        .get("application.yaml"));
    }

    @Test
    void keysAreReadOnlyFilesOfSecrets() {
        Rendered rendered = Chart.render(Chart.ELSEWHERE);
        Container broker = rendered.broker();
        assertThat(value(broker, "DSR_VAULT_KEYSET")).isEqualTo("file:/etc/dsr-broker/vault/vault-keyset.json");
        assertThat(value(broker, "DSR_RECEIPT_KEYSET")).isEqualTo("file:/etc/dsr-broker/receipt/receipt-keyset.json");
        for (String name : List.of("vault", "receipt")) {
            Volume volume = volume(rendered.brokerPod(), name);
            assertThat(volume.getSecret().getSecretName()).isEqualTo("dsr-" + name + "-keyset");
            assertThat(volume.getSecret().getDefaultMode()).isEqualTo(0440);
            assertThat(volume.getSecret().getOptional()).as("always required").isNull();
            assertThat(volume.getSecret().getItems())
                    .extracting(item -> item.getKey() + ">" + item.getPath())
                    .containsExactly(name + "-keyset.json>" + name + "-keyset.json");
            VolumeMount mount = mount(broker, name);
            assertThat(mount.getReadOnly()).isTrue();
            assertThat(mount.getSubPath())
                    .as("a rotated Secret would not be seen")
                    .isNull();
        }
    }

    @Test
    void keyVaultNeedsNoKeyset() {
        Rendered rendered = Chart.render(Chart.AZURE);
        assertThat(value(rendered.broker(), "DSR_VAULT_KEYSET"))
                .isEqualTo("azure-key-vault:https://dsr.vault.azure.net/keys/dsr");
        assertThat(rendered.brokerPod().getSpec().getVolumes())
                .extracting(Volume::getName)
                .doesNotContain("vault");
    }

    private static Volume volume(PodTemplateSpec pod, String name) {
        return pod.getSpec().getVolumes().stream()
                .filter(volume -> volume.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static VolumeMount mount(Container container, String name) {
        return container.getVolumeMounts().stream()
                .filter(mount -> mount.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> writable(Container container) {
        return container.getVolumeMounts().stream()
                .filter(mount -> !Boolean.TRUE.equals(mount.getReadOnly()))
                .map(VolumeMount::getMountPath)
                .collect(Collectors.toSet());
    }

    @Test
    void onlyTheStoreAndTmpAreWritable() {
        Rendered azure = Chart.render(Chart.AZURE);
        assertThat(writable(azure.broker())).containsExactly("/tmp");
        assertThat(value(azure.broker(), "DSR_EXPORT_STORE"))
                .isEqualTo("azure-blob:https://dsrpackages.blob.core.windows.net/packages");
        assertThat(writable(azure.migrationPod().getSpec().getContainers().getFirst()))
                .containsExactly("/tmp");
        Rendered elsewhere = Chart.render(Chart.ELSEWHERE);
        assertThat(writable(elsewhere.broker())).containsExactlyInAnyOrder("/tmp", "/var/lib/dsr-broker/export");
        assertThat(value(elsewhere.broker(), "DSR_EXPORT_STORE")).isEqualTo("/var/lib/dsr-broker/export");
        assertThat(volume(azure.brokerPod(), "tmp").getEmptyDir().getSizeLimit())
                .hasToString("10Gi");
    }

    @Test
    void storeOnAVolumeIsSharedAndKept() {
        Rendered rendered = Chart.render(Chart.ELSEWHERE);
        PersistentVolumeClaim claim = rendered.one(PersistentVolumeClaim.class);
        assertThat(claim.getSpec().getAccessModes()).containsExactly("ReadWriteMany");
        assertThat(claim.getSpec().getStorageClassName()).isEqualTo("nfs");
        assertThat(claim.getSpec().getResources().getRequests().get("storage")).hasToString("500Gi");
        assertThat(claim.getMetadata().getAnnotations()).containsEntry("helm.sh/resource-policy", "keep");
        assertThat(volume(rendered.brokerPod(), "export")
                        .getPersistentVolumeClaim()
                        .getClaimName())
                .isEqualTo(claim.getMetadata().getName());
        Rendered given = Chart.render(Chart.ELSEWHERE, """
                exportStore: { persistentVolumeClaim: { existingClaim: packages } }
                """);
        assertThat(given.all(PersistentVolumeClaim.class)).isEmpty();
        assertThat(volume(given.brokerPod(), "export")
                        .getPersistentVolumeClaim()
                        .getClaimName())
                .isEqualTo("packages");
    }

    @Test
    void migrationRunsFirstAsTheOwnerAndUsesNothingThatComesLater() {
        Rendered rendered = Chart.render(Chart.ELSEWHERE);
        List<HasMetadata> hooks =
                rendered.objects().stream().filter(Rendered::isHook).toList();
        assertThat(hooks)
                .extracting(HasMetadata::getKind)
                .containsExactlyInAnyOrder("ServiceAccount", "NetworkPolicy", "Job");
        assertThat(hooks)
                .allSatisfy(hook -> assertThat(hook.getMetadata().getAnnotations())
                        .containsEntry("helm.sh/hook", "pre-install,pre-upgrade")
                        .containsEntry("helm.sh/hook-delete-policy", "before-hook-creation"));
        assertThat(hooks)
                .allSatisfy(hook -> assertThat(Integer.parseInt(
                                hook.getMetadata().getAnnotations().get("helm.sh/hook-weight")))
                        .isEqualTo(hook instanceof Job ? 0 : -10));
        PodTemplateSpec pod = rendered.migrationPod();
        Container container = pod.getSpec().getContainers().getFirst();
        assertThat(container.getArgs()).containsExactly("migrate");
        assertThat(container.getCommand()).isEmpty();
        assertThat(container.getImage()).isEqualTo(rendered.broker().getImage());
        assertThat(secrets(container))
                .containsEntry("SPRING_FLYWAY_USER", "dsr-database-owner/username")
                .containsEntry("SPRING_FLYWAY_PASSWORD", "dsr-database-owner/password")
                .containsEntry("DSR_DATABASE_APPLICATION_ROLE", "dsr-database-application/username")
                .hasSize(3);
        assertThat(value(container, "SPRING_DATASOURCE_URL"))
                .isEqualTo(value(rendered.broker(), "SPRING_DATASOURCE_URL"))
                .isNotEmpty();
        assertThat(value(rendered.broker(), "SPRING_FLYWAY_ENABLED")).isEqualTo("false");
        assertThat(hooks)
                .extracting(hook -> hook.getMetadata().getName())
                .contains(pod.getSpec().getServiceAccountName());
        assertThat(pod.getSpec().getVolumes()).extracting(Volume::getName).containsExactly("tmp");
        assertThat(pod.getSpec().getRestartPolicy()).isEqualTo("Never");
    }

    /** Helm knows them as hooks, and renders the rest as it is seen here. */
    @Test
    void hooksAreHooksToHelmToo() {
        Rendered all = Chart.render(Chart.AZURE);
        Rendered rest = Chart.renderWithoutHooks(Chart.AZURE);
        assertThat(rest.names())
                .containsExactlyElementsOf(all.objects().stream()
                        .filter(each -> !Rendered.isHook(each))
                        .map(each -> each.getKind() + "/" + each.getMetadata().getName())
                        .sorted()
                        .toList());
        assertThat(rest.one(Deployment.class)).isEqualTo(all.one(Deployment.class));
    }

    @Test
    void workloadIdentityIsOnThePodAndItsAccount() {
        Rendered rendered = Chart.render(Chart.AZURE);
        assertThat(rendered.brokerPod().getMetadata().getLabels()).containsEntry("azure.workload.identity/use", "true");
        ServiceAccount account = rendered.one(ServiceAccount.class);
        assertThat(account.getMetadata().getAnnotations())
                .containsEntry("azure.workload.identity/client-id", "66666666-7777-8888-9999-aaaaaaaaaaaa");
        assertThat(rendered.brokerPod().getSpec().getServiceAccountName())
                .isEqualTo(account.getMetadata().getName());
        Rendered elsewhere = Chart.render(Chart.ELSEWHERE);
        assertThat(elsewhere.text()).doesNotContain("azure.workload.identity");
        assertThat(elsewhere.pods())
                .allSatisfy(pod -> assertThat(pod.getSpec().getAutomountServiceAccountToken())
                        .isFalse());
        assertThat(elsewhere.all(ServiceAccount.class))
                .hasSize(2)
                .allSatisfy(each ->
                        assertThat(each.getAutomountServiceAccountToken()).isFalse());
    }

    @Test
    void configurationIsMountedAndItsChangeRestartsTheBroker() {
        Rendered rendered = Chart.render(Chart.ELSEWHERE);
        JsonNode application = application(rendered);
        assertThat(application
                        .at("/spring/security/oauth2/resourceserver/jwt/issuer-uri")
                        .asString())
                .isEqualTo("https://login.example/realms/privacy");
        assertThat(application.at("/logging/structured/format/console").asString())
                .isEqualTo("ecs");
        assertThat(application.at("/dsr/retention/package").asString()).isEqualTo("14d");
        assertThat(application.at("/dsr/callback/allowed-hosts").toString()).isEqualTo("[\"portal.example\"]");
        assertThat(application.at("/dsr/console").toString()).isEqualTo("{\"client-id\":\"dsr-console\"}");
        JsonNode auth = application.at("/dsr/upstreams/model-management/auth");
        assertThat(auth.path("type").asString()).isEqualTo("client-credentials");
        assertThat(auth.path("client-secret").asString()).isEqualTo("${DSR_CLIENT_SECRET_MODEL_MANAGEMENT}");
        assertThat(value(rendered.broker(), "SPRING_CONFIG_ADDITIONAL_LOCATION"))
                .isEqualTo("file:" + mount(rendered.broker(), "config").getMountPath() + "/");
        String other = Chart.render(Chart.ELSEWHERE, "config: { dsr: { retention: { package: 15d } } }")
                .brokerPod()
                .getMetadata()
                .getAnnotations()
                .get("checksum/config");
        assertThat(rendered.brokerPod().getMetadata().getAnnotations().get("checksum/config"))
                .hasSize(64)
                .isNotEqualTo(other)
                .isEqualTo(Chart.render(Chart.ELSEWHERE)
                        .brokerPod()
                        .getMetadata()
                        .getAnnotations()
                        .get("checksum/config"));
    }

    @Test
    void imageIsNamedByDigestTagOrVersion() {
        assertThat(Chart.render(Chart.AZURE).broker().getImage()).isEqualTo("registry.example/dsr-broker:0.1.0");
        assertThat(Chart.render(Chart.AZURE, "image: { tag: '1.2' }").broker().getImage())
                .isEqualTo("registry.example/dsr-broker:1.2");
        assertThat(Chart.render(Chart.ELSEWHERE, "image: { tag: '1.2' }")
                        .broker()
                        .getImage())
                .matches("registry\\.example/dsr-broker@sha256:[0-9a-f]{64}");
        assertThat(Chart.render(Chart.ELSEWHERE).pods())
                .allSatisfy(pod -> assertThat(pod.getSpec().getImagePullSecrets())
                        .extracting(each -> each.getName())
                        .containsExactly("registry"));
    }

    @Test
    void twoReplicasApartOfWhichOneMayGo() {
        Rendered rendered = Chart.render(Chart.AZURE);
        Deployment deployment = rendered.one(Deployment.class);
        assertThat(deployment.getSpec().getReplicas()).isEqualTo(2);
        assertThat(deployment
                        .getSpec()
                        .getStrategy()
                        .getRollingUpdate()
                        .getMaxUnavailable()
                        .getIntVal())
                .isZero();
        assertThat(rendered.one(PodDisruptionBudget.class)
                        .getSpec()
                        .getMaxUnavailable()
                        .getIntVal())
                .isEqualTo(1);
        assertThat(rendered.brokerPod().getSpec().getTopologySpreadConstraints())
                .extracting(each -> each.getTopologyKey())
                .containsExactly("kubernetes.io/hostname", "topology.kubernetes.io/zone");
        assertThat(Chart.render(Chart.AZURE, "podDisruptionBudget: { maxUnavailable: '', minAvailable: 1 }")
                        .one(PodDisruptionBudget.class)
                        .getSpec()
                        .getMinAvailable()
                        .getIntVal())
                .isEqualTo(1);
    }

    @Test
    void autoscalerIsAloneInChargeOfReplicas() {
        Rendered rendered = Chart.render(Chart.AZURE, Chart.MONITORING);
        assertThat(rendered.one(Deployment.class).getSpec().getReplicas()).isNull();
        HorizontalPodAutoscaler autoscaler = rendered.one(HorizontalPodAutoscaler.class);
        assertThat(autoscaler.getSpec().getScaleTargetRef().getName())
                .isEqualTo(rendered.one(Deployment.class).getMetadata().getName());
        assertThat(autoscaler.getSpec().getMinReplicas()).isEqualTo(2);
        assertThat(rendered.broker().getResources().getRequests())
                .as("utilization is measured against it")
                .containsKey("cpu");
    }

    @Test
    void ingressLeadsToTheApiAndItsHeadersAreBelieved() {
        Rendered rendered = Chart.render(Chart.AZURE, Chart.MONITORING);
        Ingress ingress = rendered.one(Ingress.class);
        var backend = ingress.getSpec()
                .getRules()
                .getFirst()
                .getHttp()
                .getPaths()
                .getFirst()
                .getBackend()
                .getService();
        assertThat(rendered.named(Service.class, backend.getName()).getSpec().getPorts())
                .extracting(port -> port.getName())
                .contains(backend.getPort().getName());
        assertThat(ingress.getSpec().getTls().getFirst().getSecretName()).isEqualTo("dsr-example-tls");
        assertThat(application(rendered).at("/server/forward-headers-strategy").asString())
                .isEqualTo("native");
        assertThat(application(Chart.render(Chart.AZURE)).at("/server").isMissingNode())
                .isTrue();
    }

    @Test
    void operatorsPlaceAndAddWhatTheyNeed() {
        Rendered rendered = Chart.render(Chart.AZURE, """
                javaToolOptions: -XX:MaxRAMPercentage=60
                priorityClassName: important
                nodeSelector: { pool: privacy }
                tolerations: [{ key: privacy, operator: Exists, effect: NoSchedule }]
                affinity: { nodeAffinity: {} }
                podAnnotations: { note: hello }
                revisionHistoryLimit: 2
                extraEnv:
                  - { name: OTEL_SERVICE_NAME, value: dsr }
                  - { name: PROXY_PASSWORD, valueFrom: { secretKeyRef: { name: proxy, key: password } } }
                resources: { limits: { memory: 3Gi } }
                """);
        var spec = rendered.brokerPod().getSpec();
        assertThat(value(rendered.broker(), "JAVA_TOOL_OPTIONS")).isEqualTo("-XX:MaxRAMPercentage=60");
        assertThat(value(rendered.broker(), "OTEL_SERVICE_NAME")).isEqualTo("dsr");
        assertThat(secrets(rendered.broker())).containsEntry("PROXY_PASSWORD", "proxy/password");
        assertThat(spec.getPriorityClassName()).isEqualTo("important");
        assertThat(spec.getNodeSelector()).containsEntry("pool", "privacy");
        assertThat(spec.getTolerations()).hasSize(1);
        assertThat(spec.getAffinity()).isNotNull();
        assertThat(rendered.brokerPod().getMetadata().getAnnotations()).containsEntry("note", "hello");
        assertThat(rendered.one(Deployment.class).getSpec().getRevisionHistoryLimit())
                .isEqualTo(2);
        assertThat(rendered.broker().getResources().getLimits().get("memory")).hasToString("3Gi");
        assertThat(value(Chart.render(Chart.AZURE).broker(), "JAVA_TOOL_OPTIONS"))
                .as("free for the operator")
                .isEmpty();
    }

    @Test
    void notesSayWhatIsStillMissing() {
        assertThat(Chart.notes(Chart.AZURE))
                .contains("rollout status deployment/dsr-dsr-broker")
                .contains("logs job/dsr-dsr-broker-migration")
                .contains("No alerts are set up")
                .doesNotContain("NOBODY MAY CALL");
        assertThat(Chart.notes(Chart.ELSEWHERE, "networkPolicy: { ingress: { api: [] } }"))
                .contains("NOBODY MAY CALL THE API YET")
                .contains("Keep a copy of the Secret dsr-vault-keyset");
    }

    @Test
    void dashboardAsksForThisReleaseAlone() {
        String json = Chart.render(Chart.AZURE, Chart.MONITORING)
                .named(ConfigMap.class, "dsr-dsr-broker-dashboard")
                .getData()
                .get("dsr-broker.json");
        JsonNode dashboard = JsonMapper.shared().readTree(json);
        assertThat(dashboard.path("uid").asString()).isEqualTo("privacy-dsr-dsr-broker");
        assertThat(json)
                .doesNotContain("job=\\\"dsr-broker\\\"")
                .contains("namespace=\\\"privacy\\\",job=\\\"dsr-dsr-broker-management\\\"");
    }
}
