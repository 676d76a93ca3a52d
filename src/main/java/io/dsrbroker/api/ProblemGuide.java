package io.dsrbroker.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What every problem means and what to do about it, from {@code problems/guide.yaml}. */
@Component
class ProblemGuide {

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    ProblemGuide() {
        YAMLMapper yaml = YAMLMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        try (InputStream guide = new ClassPathResource("problems/guide.yaml").getInputStream()) {
            yaml.readValue(guide, new TypeReference<List<Entry>>() {})
                    .forEach(entry -> entries.put(entry.name(), entry));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * One problem.
     *
     * @param name the last segment of its {@code type}
     * @param means what has happened
     * @param todo what whoever called can do
     * @param members what it carries beside the members of RFC 9457
     */
    record Entry(
            String name,
            String title,
            int status,
            String means,
            String todo,
            @Nullable Map<String, String> members) {

        Map<String, String> carried() {
            return members == null ? Map.of() : members;
        }
    }

    Optional<Entry> find(String name) {
        return Optional.ofNullable(entries.get(name));
    }

    /** All of them, by their names. */
    Collection<Entry> all() {
        return entries.values();
    }
}
