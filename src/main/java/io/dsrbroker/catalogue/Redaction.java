package io.dsrbroker.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Takes other people's secrets out of a document: credentials by the catalogue's pointers, and the query of every URL
 * that carries a signature, wherever it stands.
 *
 * <p>In a pointer, {@code *} stands for any one name or index and {@code **} for any number of them.
 */
public final class Redaction {

    /** What stands in a credential's place. */
    public static final String CREDENTIAL = "[redacted: credential]";

    private static final Pattern SIGNED_URL = Pattern.compile(
            "^[a-z][a-z0-9+.-]*://[^\\s?]*\\?([^#]*&)?(sig|signature|x-amz-signature)=.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private final List<List<String>> credentials;
    private final List<List<String>> urls;

    private Redaction(List<String> credentials, List<String> urls) {
        this.credentials = credentials.stream().map(Documents::tokens).toList();
        this.urls = urls.stream().map(Documents::tokens).toList();
    }

    /** The redaction of this type's documents. */
    public static Redaction of(ResourceType type) {
        return new Redaction(type.redact(), type.withoutQuery());
    }

    /** Redacts in place; a document that is itself a URL is answered anew. */
    public JsonNode apply(JsonNode document) {
        return redact(document, credentials, urls);
    }

    /** Takes the query from every URL in an answer that consists of URLs. */
    public static JsonNode urls(JsonNode document) {
        return document.isString()
                ? StringNode.valueOf(withoutQuery(document.stringValue()))
                : redact(document, List.of(), List.of(List.of("**", "*")));
    }

    private static JsonNode redact(JsonNode node, List<List<String>> credentials, List<List<String>> urls) {
        return switch (node) {
            case ObjectNode object -> {
                for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
                    String name = field.getKey();
                    object.set(name, child(field.getValue(), advance(credentials, name), advance(urls, name)));
                }
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    String index = String.valueOf(i);
                    array.set(i, child(array.get(i), advance(credentials, index), advance(urls, index)));
                }
                yield array;
            }
            case StringNode text -> StringNode.valueOf(signedWithoutQuery(text.stringValue()));
            default -> node;
        };
    }

    private static JsonNode child(JsonNode value, List<List<String>> credentials, List<List<String>> urls) {
        if (!value.isNull() && credentials.stream().anyMatch(Redaction::spent)) {
            return StringNode.valueOf(CREDENTIAL);
        }
        if (value.isString() && urls.stream().anyMatch(Redaction::spent)) {
            return StringNode.valueOf(withoutQuery(value.stringValue()));
        }
        return redact(value, credentials, urls);
    }

    private static boolean spent(List<String> pointer) {
        return pointer.isEmpty();
    }

    private static List<List<String>> advance(List<List<String>> pointers, String name) {
        List<List<String>> next = new ArrayList<>();
        for (List<String> pointer : pointers) {
            advance(pointer, name, next);
        }
        return next;
    }

    private static void advance(List<String> pointer, String name, List<List<String>> next) {
        if (pointer.isEmpty()) {
            return;
        }
        String head = pointer.getFirst();
        List<String> tail = pointer.subList(1, pointer.size());
        if (head.equals("**")) {
            next.add(pointer);
            advance(tail, name, next);
        } else if (head.equals("*") || head.equalsIgnoreCase(name)) {
            next.add(tail);
        }
    }

    /** The URL up to its query. */
    public static String withoutQuery(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url : url.substring(0, query);
    }

    private static String signedWithoutQuery(String text) {
        return SIGNED_URL.matcher(text).matches() ? withoutQuery(text) : text;
    }
}
