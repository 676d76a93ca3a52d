package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The check of pods finds what the profile forbids, and the chart's pods give it nothing to find. */
class RestrictedPodsTests {

    private static final String GOOD = """
            metadata: { annotations: {} }
            spec:
              securityContext: { runAsNonRoot: true, seccompProfile: { type: RuntimeDefault } }
              volumes:
                - { name: a, emptyDir: {} }
              containers:
                - name: c
                  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
                  ports: [{ containerPort: 8080 }]
                  livenessProbe: { httpGet: { path: /, port: 8081 } }
            """;

    private static PodTemplateSpec pod(JsonNode tree) {
        return Rendered.YAML.unmarshal(JsonMapper.shared().writeValueAsString(tree), PodTemplateSpec.class);
    }

    private static ObjectNode good() {
        return (ObjectNode) YAMLMapper.shared().readTree(GOOD);
    }

    @Test
    void goodPodPasses() {
        assertThat(RestrictedPods.violations(pod(good()))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/spec | hostNetwork: true | hostNetwork",
                "/spec | hostPID: true | hostPID",
                "/spec | hostIPC: true | hostIPC",
                "/spec | volumes: [{ name: v, hostPath: { path: / } }] | hostPath v",
                "/spec | volumes: [{ name: v, nfs: { server: s, path: / } }] | type of volume v",
                "/spec | volumes: [{ name: v, awsElasticBlockStore: { volumeID: s } }] | type of volume v",
                "/spec/securityContext | runAsUser: 0 | runAsUser 0",
                "/spec/securityContext | runAsNonRoot: false | runAsNonRoot of pod + runAsNonRoot of c",
                "/spec/securityContext | seccompProfile: { type: Unconfined } | seccomp of pod",
                "/spec/securityContext | seccompProfile: | no seccomp of c",
                "/spec/securityContext | sysctls: [{ name: kernel.msgmax, value: '1' }] | sysctl kernel.msgmax",
                "/spec/securityContext | seLinuxOptions: { type: spc_t } | SELinux type of pod",
                "/spec/securityContext | seLinuxOptions: { user: u } | SELinux user or role of pod",
                "/spec/securityContext | windowsOptions: { hostProcess: true } | hostProcess of pod",
                "/spec/securityContext | appArmorProfile: { type: Unconfined } | AppArmor of pod",
                "/metadata/annotations | container.apparmor.security.beta.kubernetes.io/c: unconfined | AppArmor annotation",
                "/spec/containers/0/securityContext | privileged: true | privileged of c",
                "/spec/containers/0/securityContext | allowPrivilegeEscalation: true | allowPrivilegeEscalation of c",
                "/spec/containers/0/securityContext | allowPrivilegeEscalation: | allowPrivilegeEscalation of c",
                "/spec/containers/0/securityContext | runAsNonRoot: false | runAsNonRoot of c",
                "/spec/containers/0/securityContext | runAsUser: 0 | runAsUser 0 of c",
                "/spec/containers/0/securityContext | procMount: Unmasked | procMount of c",
                "/spec/containers/0/securityContext | seccompProfile: { type: Unconfined } | seccomp of c",
                "/spec/containers/0/securityContext | appArmorProfile: { type: Unconfined } | AppArmor of c",
                "/spec/containers/0/securityContext | seLinuxOptions: { role: r } | SELinux user or role of c",
                "/spec/containers/0/securityContext | windowsOptions: { hostProcess: true } | hostProcess of c",
                "/spec/containers/0/securityContext | capabilities: { drop: [NET_RAW] } | capabilities not dropped of c",
                "/spec/containers/0/securityContext | capabilities: | capabilities not dropped of c",
                "/spec/containers/0/securityContext | capabilities: { drop: [ALL], add: [NET_ADMIN] } | capabilities added of c",
                "/spec/containers/0 | ports: [{ containerPort: 1, hostPort: 1 }] | hostPort of c",
                "/spec/containers/0 | livenessProbe: { httpGet: { host: 10.0.0.1, port: 1 } } | host of a call of c",
                "/spec/containers/0 | startupProbe: { tcpSocket: { host: 10.0.0.1, port: 1 } } | host of a probe of c",
                "/spec/containers/0 | lifecycle: { preStop: { httpGet: { host: h, port: 1 } } } | host of a call of c",
                "/spec/containers/0 | lifecycle: { postStart: { tcpSocket: { host: h, port: 1 } } } | host of a handler of c"
            })
    void whatTheProfileForbidsIsFound(String where, String change, String violations) {
        ObjectNode pod = good();
        ((ObjectNode) pod.at(where)).setAll((ObjectNode) YAMLMapper.shared().readTree(change));
        assertThat(RestrictedPods.violations(pod(pod))).containsExactly(violations.split(" \\+ ", -1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"initContainers", "ephemeralContainers"})
    void otherContainersAreLookedAtToo(String kind) {
        ObjectNode pod = good();
        ((ObjectNode) pod.path("spec"))
                .set(kind, YAMLMapper.shared().readTree("[{ name: i, securityContext: { privileged: true } }]"));
        assertThat(RestrictedPods.violations(pod(pod)))
                .containsExactlyInAnyOrder(
                        "privileged of i", "allowPrivilegeEscalation of i", "capabilities not dropped of i");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "capabilities: { drop: [ALL], add: [NET_BIND_SERVICE] }",
                "seccompProfile: { type: Localhost, localhostProfile: p }",
                "seLinuxOptions: { type: container_t, level: 's0:c1' }",
                "procMount: Default"
            })
    void whatTheProfileAllowsIsNoViolation(String change) {
        ObjectNode pod = good();
        ((ObjectNode) pod.at("/spec/containers/0/securityContext"))
                .setAll((ObjectNode) YAMLMapper.shared().readTree(change));
        assertThat(RestrictedPods.violations(pod(pod))).isEmpty();
    }

    @Test
    void everyPodOfTheChartPasses() {
        for (Rendered rendered : List.of(
                Chart.render(Chart.AZURE),
                Chart.render(Chart.ELSEWHERE),
                Chart.render(Chart.AZURE, Chart.MONITORING),
                Chart.render(Chart.AZURE, "replicas: 1\nexportStore: { type: emptyDir }"))) {
            assertThat(rendered.pods()).hasSize(2).allSatisfy(pod -> {
                assertThat(RestrictedPods.violations(pod)).isEmpty();
                assertThat(pod.getSpec().getSecurityContext().getRunAsUser()).isEqualTo(10001);
                assertThat(pod.getSpec().getContainers())
                        .allSatisfy(container -> assertThat(
                                        container.getSecurityContext().getReadOnlyRootFilesystem())
                                .isTrue());
            });
        }
    }
}
