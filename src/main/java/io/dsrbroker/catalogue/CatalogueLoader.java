package io.dsrbroker.catalogue;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.dsrbroker.shared.Digests;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the catalogue's files, checks them against the schema and against each other, and refuses all or none. */
final class CatalogueLoader {

    /** Variables that no document supplies: they come from the target or the request. */
    static final Set<String> GIVEN = Set.of(
            "subscriptionId",
            "resourceGroupName",
            "accountName",
            "workspaceName",
            "projectName",
            "location",
            "authorId",
            "objectId",
            "origin");

    /** The time to read a YAML file can grow with the square of its length. */
    private static final int MOST = 1 << 20;

    private final YAMLMapper yaml = new YAMLMapper();
    private final JsonMapper json = new JsonMapper();
    private final Schema schema = schema();

    /** Loads the product's own files and those at {@code locations}. */
    Catalogue load(List<String> locations) {
        Map<String, Upstream> upstreams = new LinkedHashMap<>();
        Map<String, ResourceType> types = new LinkedHashMap<>();
        List<OutOfScope> outOfScope = new ArrayList<>();
        Map<String, String> contents = new TreeMap<>();
        for (Resource resource : resources(locations)) {
            String file = String.valueOf(resource.getFilename());
            JsonNode tree = read(resource, file);
            CatalogueFile content = yaml.treeToValue(tree, CatalogueFile.class);
            if (upstreams.put(content.upstream().name(), content.upstream().toUpstream()) != null) {
                throw new InvalidCatalogue(
                        file, "defines upstream " + content.upstream().name() + " a second time");
            }
            contents.put(content.upstream().name(), json.writeValueAsString(sorted(tree)));
            for (CatalogueFile.TypeEntry entry : content.types()) {
                requireUrls(file, entry, content.upstream().baseUrl());
                if (types.put(entry.name(), entry.toType(content.upstream())) != null) {
                    throw new InvalidCatalogue(file, "defines type " + entry.name() + " a second time");
                }
            }
            if (content.outOfScope() != null) {
                outOfScope.addAll(content.outOfScope());
            }
        }
        types.values().forEach(type -> requireReferences(type, types));
        return new Catalogue(
                Digests.hex(String.join("\n", contents.values())),
                java.util.Collections.unmodifiableMap(upstreams),
                java.util.Collections.unmodifiableMap(types),
                List.copyOf(outOfScope));
    }

    private static List<Resource> resources(List<String> locations) {
        PathMatchingResourcePatternResolver resolver = new PathMatchingResourcePatternResolver();
        try {
            List<Resource> found = new ArrayList<>();
            for (String location : Stream.concat(Stream.of("classpath:catalogue/*.yaml"), locations.stream())
                    .toList()) {
                List<Resource> matches = List.of(resolver.getResources(location));
                if (matches.isEmpty() || !matches.getFirst().exists()) {
                    throw new InvalidCatalogue(location, "does not exist");
                }
                matches.stream()
                        .sorted(java.util.Comparator.comparing(match -> String.valueOf(match.getFilename())))
                        .forEach(found::add);
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode read(Resource resource, String file) {
        try (InputStream in = resource.getInputStream()) {
            byte[] content = in.readNBytes(MOST + 1);
            if (content.length > MOST) {
                throw new InvalidCatalogue(file, "is larger than 1 MB");
            }
            JsonNode tree = yaml.readTree(content);
            List<String> mistakes = schema.validate(tree).stream()
                    .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
                    .toList();
            if (!mistakes.isEmpty()) {
                throw new InvalidCatalogue(file, String.join("; ", mistakes));
            }
            return tree;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireUrls(String file, CatalogueFile.TypeEntry entry, String baseUrl) {
        Stream.of(entry.list(), entry.get(), entry.attach(), entry.content(), entry.delete())
                .filter(java.util.Objects::nonNull)
                .filter(call -> !call.url().startsWith(baseUrl + "/"))
                .findFirst()
                .ifPresent(call -> {
                    throw new InvalidCatalogue(
                            file, "type " + entry.name() + " calls " + call.url() + " outside " + baseUrl);
                });
    }

    private static void requireReferences(ResourceType type, Map<String, ResourceType> types) {
        Set<String> known = new LinkedHashSet<>(GIVEN);
        Set<String> seen = new LinkedHashSet<>();
        for (ResourceType at = type; at != null; ) {
            if (!seen.add(at.name())) {
                throw new InvalidCatalogue(type.name(), "is its own ancestor");
            }
            known.addAll(at.captures().keySet());
            if (at.variable() != null) {
                known.add(at.variable());
            }
            if (at.parent() == null) {
                break;
            }
            at = require(types, at.parent(), type);
        }
        if (type.itemsOf() != null) {
            require(types, type.itemsOf(), type);
        }
        type.deleteAfter().forEach(other -> require(types, other, type));
        type.covers().forEach(other -> requireWithin(require(types, other, type), type, types));
        requireOneWayAtMost(type, types);
        if (type.completeness() != null) {
            require(types, type.completeness().type(), type);
        }
        if (type.owner() instanceof OwnerRule.SameAs same) {
            require(types, same.type(), type);
        }
        if (type.key().isEmpty() && type.itemsOf() == null && !type.single()) {
            throw new InvalidCatalogue(type.name(), "says nowhere what its key is");
        }
        for (Call call : type.calls()) {
            for (String variable : call.variables()) {
                if (!known.contains(variable)) {
                    throw new InvalidCatalogue(type.name(), "uses {" + variable + "}, which nothing supplies");
                }
            }
        }
    }

    /** What goes with a container lies in it, and in no other that is deleted by itself. */
    private static void requireWithin(ResourceType inner, ResourceType container, Map<String, ResourceType> types) {
        ResourceType at = inner;
        while (at.parent() != null && !at.parent().equals(container.name())) {
            at = require(types, at.parent(), inner);
            if (at.delete() != null) {
                throw new InvalidCatalogue(
                        container.name(), "covers " + inner.name() + ", which lies in a " + at.name());
            }
        }
        if (at.parent() == null || container.delete() == null) {
            throw new InvalidCatalogue(container.name(), "covers " + inner.name() + ", which does not go with it");
        }
    }

    /** What says nothing of its deletion is out of a delete's scope, and listed so. */
    private static void requireOneWayAtMost(ResourceType type, Map<String, ResourceType> types) {
        long ways = Stream.of(
                        type.delete() != null,
                        type.manual() != null,
                        type.notOffered() != null,
                        types.values().stream().anyMatch(other -> other.covers().contains(type.name())))
                .filter(way -> way)
                .count();
        if (ways > 1) {
            throw new InvalidCatalogue(
                    type.name(),
                    "says in several ways how it is deleted: delete, manual, notOffered, and covers exclude each other");
        }
    }

    private static ResourceType require(Map<String, ResourceType> types, String name, ResourceType by) {
        ResourceType found = types.get(name);
        if (found == null) {
            throw new InvalidCatalogue(by.name(), "names the unknown type " + name);
        }
        return found;
    }

    /** The same tree with its fields in order, so that the hash does not depend on how a file was written. */
    private JsonNode sorted(JsonNode node) {
        if (node.isObject()) {
            var object = json.createObjectNode();
            node.properties().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(field -> object.set(field.getKey(), sorted(field.getValue())));
            return object;
        }
        if (node.isArray()) {
            var array = json.createArrayNode();
            node.forEach(item -> array.add(sorted(item)));
            return array;
        }
        return node;
    }

    private Schema schema() {
        try (InputStream in = new ClassPathResource("catalogue/catalogue.schema.json").getInputStream()) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(json.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A catalogue file is wrong; the broker does not start with it. */
    static final class InvalidCatalogue extends RuntimeException {

        private static final long serialVersionUID = 1L;

        InvalidCatalogue(String where, String mistake) {
            super("Catalogue: " + where + " " + mistake);
        }
    }
}
