package io.dsrbroker;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.logging.structured.StructuredLoggingJsonMembersCustomizer;

/**
 * Gives a line of a structured log what it is about as fields of its own, {@code "dsr": {"job": "…", "task": "…"}}:
 * each argument whose placeholder stands behind one of the known words, as in {@code "Job {} task {} …"}.
 */
public final class LogFields implements StructuredLoggingJsonMembersCustomizer<ILoggingEvent> {

    private static final Set<String> KNOWN = Set.of("job", "task", "lane", "attempt", "outcome", "problem");
    private static final Pattern PLACEHOLDER = Pattern.compile("(?:(\\w+) )?\\{}");

    @Override
    public void customize(JsonWriter.Members<ILoggingEvent> members) {
        members.add("dsr", LogFields::of).whenNot(Map::isEmpty);
    }

    static Map<String, String> of(ILoggingEvent event) {
        Object[] arguments = event.getArgumentArray();
        Map<String, String> fields = new LinkedHashMap<>();
        if (arguments == null || event.getMessage() == null) {
            return fields;
        }
        Matcher placeholder = PLACEHOLDER.matcher(event.getMessage());
        for (int number = 0; placeholder.find() && number < arguments.length; number++) {
            String word = placeholder.group(1);
            String name = word == null ? "" : word.toLowerCase(Locale.ROOT);
            if (KNOWN.contains(name)) {
                fields.putIfAbsent(name, String.valueOf(arguments[number]));
            }
        }
        return fields;
    }
}
