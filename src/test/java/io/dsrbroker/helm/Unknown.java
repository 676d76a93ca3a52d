package io.dsrbroker.helm;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.KubernetesResource;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Fields that the API does not know; a cluster would drop them without a word. */
final class Unknown {

    private Unknown() {}

    static List<String> fields(Object object) {
        List<String> found = new ArrayList<>();
        collect(object, found);
        return found;
    }

    private static void collect(@Nullable Object object, List<String> found) {
        switch (object) {
            case GenericKubernetesResource ignored -> {
                // Of what is no part of Kubernetes nothing is known.
            }
            case KubernetesResource resource -> {
                for (Method method : resource.getClass().getMethods()) {
                    if (method.getName().startsWith("get")
                            && method.getParameterCount() == 0
                            && !method.getName().equals("getClass")) {
                        Object value = valueOf(resource, method);
                        if (method.getName().equals("getAdditionalProperties") && value instanceof Map<?, ?> unknown) {
                            unknown.keySet().forEach(name -> found.add(String.valueOf(name)));
                        } else {
                            collect(value, found);
                        }
                    }
                }
            }
            case Collection<?> many -> many.forEach(each -> collect(each, found));
            case Map<?, ?> map -> map.values().forEach(each -> collect(each, found));
            case null -> {}
            default -> {}
        }
    }

    private static @Nullable Object valueOf(Object object, Method method) {
        try {
            return method.invoke(object);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(e);
        }
    }
}
