package io.dsrbroker.helm;

import io.fabric8.kubernetes.api.model.Capabilities;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EphemeralContainer;
import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.fabric8.kubernetes.api.model.LifecycleHandler;
import io.fabric8.kubernetes.api.model.PodSecurityContext;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.SELinuxOptions;
import io.fabric8.kubernetes.api.model.SeccompProfile;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.Sysctl;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.WindowsSecurityContextOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Pod Security Standards' profile {@code restricted}, with all of {@code baseline} that it contains, for Linux
 * (https://kubernetes.io/docs/concepts/security/pod-security-standards/).
 */
final class RestrictedPods {

    private static final Set<String> SYSCTLS = Set.of(
            "kernel.shm_rmid_forced",
            "net.ipv4.ip_local_port_range",
            "net.ipv4.ip_unprivileged_port_start",
            "net.ipv4.tcp_syncookies",
            "net.ipv4.ping_group_range",
            "net.ipv4.ip_local_reserved_ports",
            "net.ipv4.tcp_keepalive_time",
            "net.ipv4.tcp_fin_timeout",
            "net.ipv4.tcp_keepalive_intvl",
            "net.ipv4.tcp_keepalive_probes",
            "net.ipv4.tcp_rmem",
            "net.ipv4.tcp_wmem");
    private static final Set<String> SELINUX_TYPES =
            Set.of("", "container_t", "container_init_t", "container_kvm_t", "container_engine_t");
    private static final Set<String> SECCOMP = Set.of("RuntimeDefault", "Localhost");
    private static final Set<String> APP_ARMOR = Set.of("RuntimeDefault", "Localhost");
    private static final String APP_ARMOR_ANNOTATION = "container.apparmor.security.beta.kubernetes.io/";

    private final PodTemplateSpec pod;
    private final List<String> violations = new ArrayList<>();

    /** What the profile looks at in a container of any kind. */
    private record Part(
            String name,
            @Nullable SecurityContext security,
            List<ContainerPort> ports,
            List<Probe> probes,
            List<LifecycleHandler> handlers) {}

    private RestrictedPods(PodTemplateSpec pod) {
        this.pod = pod;
    }

    /** What of the pod the profile does not allow; nothing where it would be admitted. */
    static List<String> violations(PodTemplateSpec pod) {
        RestrictedPods check = new RestrictedPods(pod);
        check.host();
        check.volumes();
        check.podSecurity();
        check.parts().forEach(check::part);
        return List.copyOf(check.violations);
    }

    private List<Part> parts() {
        Stream<Container> containers =
                Stream.concat(pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream());
        return Stream.concat(
                        containers.map(RestrictedPods::part),
                        pod.getSpec().getEphemeralContainers().stream().map(RestrictedPods::part))
                .toList();
    }

    private static Part part(Container container) {
        return new Part(
                container.getName(),
                container.getSecurityContext(),
                container.getPorts(),
                Stream.of(container.getLivenessProbe(), container.getReadinessProbe(), container.getStartupProbe())
                        .filter(Objects::nonNull)
                        .toList(),
                container.getLifecycle() == null
                        ? List.of()
                        : Stream.of(
                                        container.getLifecycle().getPreStop(),
                                        container.getLifecycle().getPostStart())
                                .filter(Objects::nonNull)
                                .toList());
    }

    private static Part part(EphemeralContainer container) {
        return new Part(
                container.getName(), container.getSecurityContext(), container.getPorts(), List.of(), List.of());
    }

    private void refuse(boolean wrong, String what) {
        if (wrong) {
            violations.add(what);
        }
    }

    private void host() {
        refuse(Boolean.TRUE.equals(pod.getSpec().getHostNetwork()), "hostNetwork");
        refuse(Boolean.TRUE.equals(pod.getSpec().getHostPID()), "hostPID");
        refuse(Boolean.TRUE.equals(pod.getSpec().getHostIPC()), "hostIPC");
        Map<String, String> annotations =
                pod.getMetadata() == null || pod.getMetadata().getAnnotations() == null
                        ? Map.of()
                        : pod.getMetadata().getAnnotations();
        annotations.forEach((name, value) -> refuse(
                name.startsWith(APP_ARMOR_ANNOTATION)
                        && !value.equals("runtime/default")
                        && !value.startsWith("localhost/"),
                "AppArmor annotation"));
    }

    private void volumes() {
        for (Volume volume : pod.getSpec().getVolumes()) {
            boolean allowed = Stream.of(
                            volume.getConfigMap(),
                            volume.getCsi(),
                            volume.getDownwardAPI(),
                            volume.getEmptyDir(),
                            volume.getEphemeral(),
                            volume.getPersistentVolumeClaim(),
                            volume.getProjected(),
                            volume.getSecret())
                    .anyMatch(Objects::nonNull);
            refuse(!allowed && volume.getHostPath() == null, "type of volume " + volume.getName());
            refuse(volume.getHostPath() != null, "hostPath " + volume.getName());
        }
    }

    private void podSecurity() {
        PodSecurityContext security = pod.getSpec().getSecurityContext();
        if (security != null) {
            refuse(security.getRunAsUser() != null && security.getRunAsUser() == 0, "runAsUser 0");
            refuse(Boolean.FALSE.equals(security.getRunAsNonRoot()), "runAsNonRoot of pod");
            for (Sysctl sysctl : security.getSysctls()) {
                refuse(!SYSCTLS.contains(sysctl.getName()), "sysctl " + sysctl.getName());
            }
            seccomp("pod", security.getSeccompProfile());
            seLinux("pod", security.getSeLinuxOptions());
            windows("pod", security.getWindowsOptions());
            refuse(
                    security.getAppArmorProfile() != null
                            && !APP_ARMOR.contains(security.getAppArmorProfile().getType()),
                    "AppArmor of pod");
        }
    }

    private void part(Part part) {
        String of = " of " + part.name();
        PodSecurityContext outer = pod.getSpec().getSecurityContext();
        SecurityContext security = part.security() == null ? new SecurityContext() : part.security();
        refuse(Boolean.TRUE.equals(security.getPrivileged()), "privileged" + of);
        refuse(!Boolean.FALSE.equals(security.getAllowPrivilegeEscalation()), "allowPrivilegeEscalation" + of);
        refuse(!nonRoot(outer, security), "runAsNonRoot" + of);
        refuse(security.getRunAsUser() != null && security.getRunAsUser() == 0, "runAsUser 0" + of);
        refuse(security.getProcMount() != null && !security.getProcMount().equals("Default"), "procMount" + of);
        refuse(
                security.getSeccompProfile() == null && (outer == null || outer.getSeccompProfile() == null),
                "no seccomp" + of);
        seccomp(part.name(), security.getSeccompProfile());
        seLinux(part.name(), security.getSeLinuxOptions());
        windows(part.name(), security.getWindowsOptions());
        refuse(
                security.getAppArmorProfile() != null
                        && !APP_ARMOR.contains(security.getAppArmorProfile().getType()),
                "AppArmor" + of);
        capabilities(of, security.getCapabilities());
        part.ports().forEach(port -> refuse(port.getHostPort() != null && port.getHostPort() != 0, "hostPort" + of));
        part.probes().forEach(probe -> {
            host(of, probe.getHttpGet());
            refuse(probe.getTcpSocket() != null && isGiven(probe.getTcpSocket().getHost()), "host of a probe" + of);
        });
        part.handlers().forEach(handler -> {
            host(of, handler.getHttpGet());
            refuse(
                    handler.getTcpSocket() != null
                            && isGiven(handler.getTcpSocket().getHost()),
                    "host of a handler" + of);
        });
    }

    private static boolean nonRoot(@Nullable PodSecurityContext outer, SecurityContext security) {
        Boolean own = security.getRunAsNonRoot();
        return own != null ? own : outer != null && Boolean.TRUE.equals(outer.getRunAsNonRoot());
    }

    private void host(String of, @Nullable HTTPGetAction get) {
        refuse(get != null && isGiven(get.getHost()), "host of a call" + of);
    }

    private static boolean isGiven(@Nullable String host) {
        return host != null && !host.isEmpty();
    }

    private void capabilities(String of, @Nullable Capabilities capabilities) {
        refuse(capabilities == null || !capabilities.getDrop().contains("ALL"), "capabilities not dropped" + of);
        refuse(
                capabilities != null
                        && capabilities.getAdd().stream().anyMatch(added -> !added.equals("NET_BIND_SERVICE")),
                "capabilities added" + of);
    }

    private void seccomp(String whose, @Nullable SeccompProfile profile) {
        refuse(profile != null && !SECCOMP.contains(profile.getType()), "seccomp of " + whose);
    }

    private void seLinux(String whose, @Nullable SELinuxOptions options) {
        if (options != null) {
            refuse(options.getType() != null && !SELINUX_TYPES.contains(options.getType()), "SELinux type of " + whose);
            refuse(isGiven(options.getUser()) || isGiven(options.getRole()), "SELinux user or role of " + whose);
        }
    }

    private void windows(String whose, @Nullable WindowsSecurityContextOptions options) {
        refuse(options != null && Boolean.TRUE.equals(options.getHostProcess()), "hostProcess of " + whose);
    }
}
