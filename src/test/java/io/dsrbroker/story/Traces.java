package io.dsrbroker.story;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/** Searches everything that outlives a request for words that must not be in it. */
final class Traces implements AutoCloseable {

    private final Map<String, String> markers;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Kept kept = new Kept();

    Traces(Map<String, String> markers) {
        this.markers = markers;
    }

    /** Keeps every line of the log, stack traces included, until it is closed; a broker that starts ends that. */
    void listen() {
        kept.setContext(root.getLoggerContext());
        kept.start();
        root.addAppender(kept);
    }

    private static final class Kept extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = Collections.synchronizedList(new ArrayList<>());

        @Override
        protected void append(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            lines.add(event.getLoggerName() + ": " + event.getFormattedMessage()
                    + (thrown == null ? "" : "\n" + ThrowableProxyUtil.asString(thrown)));
        }
    }

    /** How many lines were logged. */
    int logged() {
        return kept.lines.size();
    }

    /** What was logged. */
    List<String> lines() {
        synchronized (kept.lines) {
            return List.copyOf(kept.lines);
        }
    }

    /** Where a marker stands in the log. */
    List<String> inLog() {
        return lines().stream()
                .flatMap(line -> found("log", line).stream())
                .distinct()
                .toList();
    }

    /** Where a marker stands in any column of any table, as it is, in hexadecimal or in Base64. */
    List<String> inDatabase(Connection connection) throws SQLException {
        List<String> tables = new ArrayList<>();
        List<String> found = new ArrayList<>();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery(
                    "select table_name from information_schema.tables where table_schema = 'public'")) {
                while (rows.next()) {
                    tables.add(rows.getString(1));
                }
            }
            for (String table : tables) {
                try (ResultSet rows = statement.executeQuery("select t::text from \"" + table + "\" t")) {
                    while (rows.next()) {
                        found.addAll(found(table, rows.getString(1)));
                    }
                }
            }
        }
        return found;
    }

    /** Where a marker stands in any file below a folder. */
    List<String> inFiles(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                found.addAll(found(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1)));
                found.addAll(found("name of", file.toString()));
            }
        }
        return found;
    }

    /** Where a marker stands in a text. */
    List<String> found(String where, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        List<String> found = new ArrayList<>();
        new TreeMap<>(markers).forEach((name, marker) -> {
            byte[] bytes = marker.getBytes(StandardCharsets.UTF_8);
            int at = lower.indexOf(marker.toLowerCase(Locale.ROOT));
            if (at >= 0) {
                found.add(name + " in " + where + ": …"
                        + text.substring(Math.max(0, at - 120), Math.min(text.length(), at + marker.length() + 40)));
            } else if (lower.contains(HexFormat.of().formatHex(bytes))
                    || text.contains(Base64.getEncoder().withoutPadding().encodeToString(bytes))) {
                found.add(name + " encoded in " + where);
            }
        });
        return found;
    }

    @Override
    public void close() {
        root.setLevel(Level.INFO);
        root.detachAppender(kept);
    }
}
