package io.dsrbroker.helm;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the chart came to, as typed objects. */
final class Rendered {

    /** Slow to make, so all share it. */
    static final KubernetesSerialization YAML = new KubernetesSerialization();

    private final String text;
    private final List<HasMetadata> objects;

    Rendered(String text) {
        this.text = text;
        this.objects = Arrays.stream(text.split("(?m)^---\\s*$", -1))
                .filter(document -> document.lines().anyMatch(line -> !line.isBlank() && !line.startsWith("#")))
                .map(document -> YAML.<HasMetadata>unmarshal(document))
                .toList();
    }

    String text() {
        return text;
    }

    List<HasMetadata> objects() {
        return objects;
    }

    /** Kind and name of each. */
    List<String> names() {
        return objects.stream()
                .map(each -> each.getKind() + "/" + each.getMetadata().getName())
                .sorted()
                .toList();
    }

    <T extends HasMetadata> Stream<T> all(Class<T> type) {
        return objects.stream().filter(type::isInstance).map(type::cast);
    }

    /** The one of this type that is not part of the migration. */
    <T extends HasMetadata> T one(Class<T> type) {
        List<T> found = all(type).filter(each -> !isHook(each)).toList();
        if (found.size() != 1) {
            throw new AssertionError(found.size() + " of " + type.getSimpleName() + " in " + names());
        }
        return found.getFirst();
    }

    <T extends HasMetadata> T named(Class<T> type, String name) {
        return all(type)
                .filter(each -> each.getMetadata().getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + name + " in " + names()));
    }

    /** The one of a kind that is no part of Kubernetes. */
    JsonNode custom(String kind) {
        return all(GenericKubernetesResource.class)
                .filter(each -> each.getKind().equals(kind))
                .findFirst()
                .map(each -> JsonMapper.shared().readTree(YAML.asJson(each)))
                .orElseThrow(() -> new AssertionError("No " + kind + " in " + names()));
    }

    /** An object of strings. */
    static Map<String, String> strings(JsonNode object) {
        Map<String, String> strings = new TreeMap<>();
        object.properties()
                .forEach(each -> strings.put(each.getKey(), each.getValue().asString()));
        return strings;
    }

    static boolean isHook(HasMetadata object) {
        return object.getMetadata().getAnnotations() != null
                && object.getMetadata().getAnnotations().containsKey("helm.sh/hook");
    }

    /** Every pod that would run. */
    List<PodTemplateSpec> pods() {
        return Stream.concat(
                        all(Deployment.class).map(each -> each.getSpec().getTemplate()),
                        all(Job.class).map(each -> each.getSpec().getTemplate()))
                .toList();
    }

    PodTemplateSpec brokerPod() {
        return one(Deployment.class).getSpec().getTemplate();
    }

    PodTemplateSpec migrationPod() {
        return all(Job.class)
                .findFirst()
                .orElseThrow(() -> new AssertionError("No job in " + names()))
                .getSpec()
                .getTemplate();
    }

    Container broker() {
        return brokerPod().getSpec().getContainers().getFirst();
    }
}
