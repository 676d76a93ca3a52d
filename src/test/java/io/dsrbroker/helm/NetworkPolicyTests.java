package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRule;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Nothing goes in or out but what the values name. */
class NetworkPolicyTests {

    private static final String BROKER = "dsr-dsr-broker";
    private static final String DNS = "{kubernetes.io/metadata.name=kube-system} {k8s-app=kube-dns} UDP/53,TCP/53";

    private static List<String> egress(Rendered rendered, String name) {
        return rendered.named(NetworkPolicy.class, name).getSpec().getEgress().stream()
                .map(rule -> shown(rule.getTo(), rule.getPorts()))
                .toList();
    }

    private static List<String> ingress(Rendered rendered, String name) {
        return rendered.named(NetworkPolicy.class, name).getSpec().getIngress().stream()
                .map(rule -> shown(rule.getFrom(), rule.getPorts()))
                .toList();
    }

    private static String shown(List<NetworkPolicyPeer> peers, List<NetworkPolicyPort> ports) {
        return peers.stream().map(NetworkPolicyTests::shown).collect(Collectors.joining(" or "))
                + ports.stream()
                        .map(port -> port.getProtocol() + "/" + port.getPort().getIntVal())
                        .collect(Collectors.joining(",", " ", ""));
    }

    private static String shown(NetworkPolicyPeer peer) {
        if (peer.getIpBlock() != null) {
            return peer.getIpBlock().getCidr()
                    + (peer.getIpBlock().getExcept().isEmpty()
                            ? ""
                            : "-" + peer.getIpBlock().getExcept().size());
        }
        return Stream.of(peer.getNamespaceSelector(), peer.getPodSelector())
                .filter(selector -> selector != null)
                .map(selector -> selector.getMatchLabels().toString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void everythingElseIsDeniedBothWays() {
        assertThat(Chart.render(Chart.AZURE).all(NetworkPolicy.class))
                .hasSize(2)
                .allSatisfy(
                        policy -> assertThat(policy.getSpec().getPolicyTypes()).containsExactly("Ingress", "Egress"));
    }

    @Test
    void brokerReachesWhatItNeeds() {
        Rendered rendered = Chart.render(Chart.AZURE);
        assertThat(egress(rendered, BROKER))
                .containsExactly(DNS, "10.20.0.4/32 TCP/5432", "0.0.0.0/0-5 or ::/0-2 TCP/443");
        assertThat(ingress(rendered, BROKER))
                .containsExactly(
                        "{kubernetes.io/metadata.name=portal} TCP/8080",
                        "{kubernetes.io/metadata.name=monitoring} TCP/8081");
    }

    @Test
    void noPrivateOrMetadataAddressIsReachableByDefault() {
        List<String> left =
                Chart.render(Chart.AZURE)
                        .named(NetworkPolicy.class, BROKER)
                        .getSpec()
                        .getEgress()
                        .getLast()
                        .getTo()
                        .stream()
                        .flatMap(peer -> peer.getIpBlock().getExcept().stream())
                        .toList();
        assertThat(left)
                .contains(
                        "10.0.0.0/8",
                        "172.16.0.0/12",
                        "192.168.0.0/16",
                        "169.254.0.0/16",
                        "100.64.0.0/10",
                        "fc00::/7",
                        "fe80::/10");
    }

    @Test
    void migrationReachesNothingButTheDatabase() {
        Rendered rendered = Chart.render(Chart.AZURE);
        assertThat(egress(rendered, BROKER + "-migration")).containsExactly(DNS, "10.20.0.4/32 TCP/5432");
        assertThat(ingress(rendered, BROKER + "-migration")).isEmpty();
    }

    @Test
    void onlyWhatIsConfiguredIsAdded() {
        Rendered rendered = Chart.render(Chart.AZURE, """
                networkPolicy:
                  ingress:
                    api: [{ ipBlock: { cidr: 10.1.0.0/16 } }, { podSelector: { matchLabels: { app: portal } } }]
                    monitoring: []
                  egress:
                    dns: []
                    database: { to: [{ ipBlock: { cidr: 10.2.0.9/32 } }], port: 6432 }
                    https: [{ ipBlock: { cidr: 20.0.0.0/8 } }]
                    otlp: { enabled: true, to: [{ namespaceSelector: { matchLabels: { team: otel } } }], port: 4317 }
                    extra: [{ to: [{ ipBlock: { cidr: 10.3.0.1/32 } }], port: 8443 }]
                """);
        assertThat(egress(rendered, BROKER))
                .containsExactly(
                        "10.2.0.9/32 TCP/6432", "20.0.0.0/8 TCP/443", "{team=otel} TCP/4317", "10.3.0.1/32 TCP/8443");
        assertThat(ingress(rendered, BROKER)).containsExactly("10.1.0.0/16 or {app=portal} TCP/8080");
    }

    /** A rule without peers allows everybody. */
    @Test
    void emptyListsOpenNothing() {
        Rendered rendered = Chart.render(Chart.AZURE, """
                networkPolicy:
                  ingress: { api: [], monitoring: [] }
                  egress: { dns: [], https: [], otlp: { enabled: true, to: [] } }
                """);
        NetworkPolicy policy = rendered.named(NetworkPolicy.class, BROKER);
        assertThat(policy.getSpec().getIngress()).isEmpty();
        assertThat(policy.getSpec().getEgress())
                .extracting(NetworkPolicyEgressRule::getTo)
                .hasSize(1)
                .allSatisfy(to -> assertThat(to).isNotEmpty());
        for (Rendered each : List.of(rendered, Chart.render(Chart.AZURE, Chart.MONITORING))) {
            assertThat(each.all(NetworkPolicy.class)).allSatisfy(every -> {
                assertThat(every.getSpec().getEgress())
                        .allSatisfy(rule -> assertThat(rule.getTo()).isNotEmpty());
                assertThat(every.getSpec().getIngress())
                        .extracting(NetworkPolicyIngressRule::getFrom)
                        .allSatisfy(from -> assertThat(from).isNotEmpty());
            });
        }
    }

    @Test
    void withCiliumNamesReplaceAddresses() {
        Rendered rendered = Chart.render(Chart.AZURE, Chart.MONITORING);
        assertThat(egress(rendered, BROKER))
                .as("both policies together allow what either allows")
                .containsExactly(DNS, "10.20.0.4/32 TCP/5432", "{kubernetes.io/metadata.name=monitoring} TCP/4318");
        assertThat(fqdns(rendered))
                .contains("management.azure.com", "*.modelmanagement.azureml.net", "login.microsoftonline.com")
                .contains("dsrpackages.blob.core.windows.net", "dsr.vault.azure.net")
                .doesNotHaveDuplicates();
        assertThat(fqdns(Chart.render(Chart.ELSEWHERE, Chart.MONITORING)))
                .contains("login.example", "login.microsoftonline.com");
    }

    private static List<String> fqdns(Rendered rendered) {
        JsonNode rule = rendered.custom("CiliumNetworkPolicy").at("/spec/egress/1");
        assertThat(rule.at("/toPorts/0/ports").toString()).isEqualTo("[{\"port\":\"443\",\"protocol\":\"TCP\"}]");
        List<String> names = new ArrayList<>();
        rule.path("toFQDNs").forEach(name -> {
            String how = name.toString().contains("*") ? "matchPattern" : "matchName";
            assertThat(name.propertyNames()).containsExactly(how);
            names.add(name.path(how).asString());
        });
        return names;
    }

    @Test
    void everyHostOfTheCatalogueIsNamed() throws IOException {
        List<String> fqdns = fqdns(Chart.render(Chart.AZURE, Chart.MONITORING));
        List<String> hosts = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/catalogue"))) {
            for (Path file :
                    files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
                JsonNode upstream = YAMLMapper.shared().readTree(file).path("upstream");
                hosts.add(upstream.path("baseUrl").asString().replace("{location}", "*"));
                upstream.path("contentOrigins").forEach(origin -> hosts.add(origin.asString()));
            }
        }
        assertThat(hosts).hasSizeGreaterThanOrEqualTo(5);
        assertThat(fqdns)
                .containsAll(hosts.stream()
                        .map(host ->
                                URI.create(host.replace("*", "any")).getHost().replaceFirst("^any\\.", "*."))
                        .toList());
    }
}
