package io.dsrbroker.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/** As much of Azure Blob Storage's REST API as an export store needs, on this machine, with faults on demand. */
public final class BlobService implements AutoCloseable {

    /** The account that it knows. */
    public static final String ACCOUNT = "devstoreaccount1";

    /** Its key: known to everybody, since it stands here. */
    public static final String KEY = java.util.Base64.getEncoder()
            .encodeToString("an emulator's key, known to everybody".getBytes(StandardCharsets.UTF_8));

    private static final int PAGE = 5;
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
    private static final Pattern BLOCK = Pattern.compile("<(?:Latest|Uncommitted|Committed)>([^<]+)</");

    private final HttpServer server;
    private final Map<String, NavigableMap<String, Blob>> containers = new HashMap<>();
    private final Map<String, Map<String, Path>> staged = new HashMap<>();
    private final Map<String, Map<String, Path>> committed = new HashMap<>();
    private final List<Prepared> faults = new CopyOnWriteArrayList<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger versions = new AtomicInteger();
    private final Path folder;

    /** Its bytes are in files, since they may be more than fits into the memory of a test. */
    private record Blob(Path file, String etag) {}

    private record Prepared(Predicate<Asked> hits, Fault fault, AtomicInteger times) {}

    /** What was asked for: a method, the decoded path below the account, the query and the credential's kind. */
    public record Asked(String method, String path, String query, String credential, long length) {}

    /** What goes wrong. */
    public sealed interface Fault {

        /** It answers this status and nothing of what it was asked for. */
        record Answer(int status, String code, Map<String, String> headers) implements Fault {}

        /** The connection ends when half of the request has come. */
        record CutRequest() implements Fault {}

        /** The connection ends when half of the answer was sent. */
        record CutAnswer() implements Fault {}

        /** It does what it was asked to, but the connection ends before it says so. */
        record Unsaid() implements Fault {}

        /** It sends all of the object, whatever range was asked for. */
        record WholeObject() implements Fault {}
    }

    /** One on a free port, without containers. */
    public BlobService() {
        try {
            folder = Files.createTempDirectory("dsr-blobs");
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Where the account is. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + ACCOUNT;
    }

    /** Makes a container; answers its URL. */
    public synchronized String container(String name) {
        containers.putIfAbsent(name, new TreeMap<>());
        return url() + "/" + name;
    }

    /** Removes a container with all that is in it. */
    public synchronized void drop(String name) {
        containers.remove(name);
    }

    /** The names of what can be seen in a container. */
    public synchronized List<String> names(String container) {
        return List.copyOf(containers.getOrDefault(container, new TreeMap<>()).keySet());
    }

    /** From now on this goes wrong with the requests that the predicate selects, so many times. */
    public void failing(Fault fault, int times, Predicate<Asked> hits) {
        faults.add(new Prepared(hits, fault, new AtomicInteger(times)));
    }

    /** Nothing goes wrong any more. */
    public void heal() {
        faults.clear();
    }

    /** All requests so far. */
    public List<Asked> asked() {
        return List.copyOf(asked);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String credential = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
            Asked what = new Asked(
                    exchange.getRequestMethod(),
                    decoded(exchange.getRequestURI().getRawPath().substring(("/" + ACCOUNT).length())),
                    String.valueOf(exchange.getRequestURI().getRawQuery()),
                    credential.replaceAll(" .*", ""),
                    Long.parseLong(exchange.getRequestHeaders()
                            .getOrDefault("Content-Length", List.of("0"))
                            .getFirst()));
            asked.add(what);
            Fault fault = faults.stream()
                    .filter(each -> each.hits().test(what) && each.times().getAndDecrement() > 0)
                    .map(Prepared::fault)
                    .findFirst()
                    .orElse(null);
            if (fault instanceof Fault.CutRequest) {
                exchange.getRequestBody().readNBytes((int) what.length() / 2);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (fault instanceof Fault.Answer answer) {
                answer.headers().forEach(exchange.getResponseHeaders()::set);
                error(exchange, answer.status(), answer.code());
            } else if (!credential.startsWith("SharedKey " + ACCOUNT + ":") && !credential.startsWith("Bearer ")) {
                error(exchange, 403, "AuthenticationFailed");
            } else {
                answer(exchange, what, body, fault);
            }
        }
    }

    private void answer(HttpExchange exchange, Asked what, byte[] body, @Nullable Fault fault) throws IOException {
        String path = what.path().substring(1);
        int slash = path.indexOf('/');
        String container = slash < 0 ? path : path.substring(0, slash);
        Answer answer;
        synchronized (this) {
            NavigableMap<String, Blob> blobs = containers.get(container);
            if (blobs == null) {
                answer = Answer.error(404, "ContainerNotFound");
            } else if (slash < 0) {
                answer = list(blobs, parameters(what.query()));
            } else {
                answer =
                        blob(exchange, blobs, path, body, parameters(what.query()), fault instanceof Fault.WholeObject);
            }
        }
        if (fault instanceof Fault.Unsaid) {
            return;
        }
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        if (answer.status() >= 400) {
            error(exchange, answer.status(), answer.code());
            return;
        }
        Part content = answer.content();
        if (exchange.getRequestMethod().equals("HEAD") || content == null || content.length() == 0) {
            exchange.sendResponseHeaders(answer.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(answer.status(), content.length());
        content.writeTo(
                exchange.getResponseBody(), fault instanceof Fault.CutAnswer ? content.length() / 2 : content.length());
        exchange.getResponseBody().flush();
    }

    private record Part(Path file, long offset, long length) {

        void writeTo(OutputStream to, long bytes) throws IOException {
            try (FileChannel from = FileChannel.open(file)) {
                WritableByteChannel target = Channels.newChannel(to);
                long sent = 0;
                while (sent < bytes) {
                    sent += from.transferTo(offset + sent, bytes - sent, target);
                }
            }
        }
    }

    private record Answer(
            int status,
            String code,
            Map<String, String> headers,
            @Nullable Part content) {

        static Answer error(int status, String code) {
            return new Answer(status, code, Map.of(), null);
        }

        static Answer done(int status, Map<String, String> headers) {
            return new Answer(status, "", headers, null);
        }
    }

    private Answer blob(
            HttpExchange exchange,
            NavigableMap<String, Blob> blobs,
            String path,
            byte[] body,
            Map<String, String> query,
            boolean whole)
            throws IOException {
        String name = path.substring(path.indexOf('/') + 1);
        Blob found = blobs.get(name);
        return switch (exchange.getRequestMethod()) {
            case "PUT" -> put(blobs, path, name, body, query);
            case "DELETE" -> {
                blobs.remove(name);
                yield found == null ? Answer.error(404, "BlobNotFound") : Answer.done(202, Map.of());
            }
            case "GET", "HEAD" -> found == null ? Answer.error(404, "BlobNotFound") : read(exchange, found, whole);
            default -> Answer.error(405, "UnsupportedHttpVerb");
        };
    }

    private Answer put(
            NavigableMap<String, Blob> blobs, String path, String name, byte[] body, Map<String, String> query)
            throws IOException {
        Map<String, Path> blocks = staged.computeIfAbsent(path, key -> new HashMap<>());
        String operation = query.getOrDefault("comp", "");
        Path file = folder.resolve("file-" + versions.incrementAndGet());
        if (operation.equals("block")) {
            String id = query.getOrDefault("blockid", "");
            if (blocks.keySet().stream().anyMatch(other -> other.length() != id.length())) {
                return Answer.error(400, "InvalidBlobOrBlock");
            }
            blocks.put(id, Files.write(file, body));
            return Answer.done(201, Map.of("x-ms-request-server-encrypted", "true"));
        }
        Map<String, Path> used = new HashMap<>();
        if (operation.equals("blocklist")) {
            Matcher ids = BLOCK.matcher(new String(body, StandardCharsets.UTF_8));
            try (OutputStream to = Files.newOutputStream(file)) {
                while (ids.find()) {
                    String id = ids.group(1);
                    Path block = blocks.getOrDefault(
                            id, committed.getOrDefault(path, Map.of()).get(id));
                    if (block == null) {
                        return Answer.error(400, "InvalidBlockList");
                    }
                    used.put(id, block);
                    Files.copy(block, to);
                }
            }
        } else {
            Files.write(file, body);
        }
        // As the service does: what was not used is gone, what was used can be named once more.
        staged.remove(path);
        committed.put(path, used);
        Blob blob = new Blob(file, "\"0x8D" + versions.incrementAndGet() + "\"");
        blobs.put(name, blob);
        return Answer.done(201, Map.of("ETag", blob.etag(), "x-ms-request-server-encrypted", "true"));
    }

    private static Answer read(HttpExchange exchange, Blob blob, boolean whole) throws IOException {
        String wanted = exchange.getRequestHeaders().getFirst("If-Match");
        if (wanted != null && !blob.etag().equals(wanted) && !blob.etag().equals("\"" + wanted + "\"")) {
            return Answer.error(412, "ConditionNotMet");
        }
        Map<String, String> headers = new HashMap<>(Map.of(
                "ETag", blob.etag(),
                "Accept-Ranges", "bytes",
                "Last-Modified", "Mon, 02 Nov 2026 09:15:00 GMT",
                "x-ms-blob-type", "BlockBlob"));
        long length = Files.size(blob.file());
        String asked = exchange.getRequestHeaders().getFirst("x-ms-range");
        Matcher range = RANGE.matcher(
                asked == null ? String.valueOf(exchange.getRequestHeaders().getFirst("Range")) : asked);
        if (whole || !range.matches()) {
            return new Answer(200, "", headers, new Part(blob.file(), 0, length));
        }
        long first = Long.parseLong(range.group(1));
        if (first >= length) {
            return Answer.error(416, "InvalidRange");
        }
        long last = range.group(2).isEmpty() ? length - 1 : Math.min(Long.parseLong(range.group(2)), length - 1);
        headers.put("Content-Range", "bytes " + first + "-" + last + "/" + length);
        return new Answer(206, "", headers, new Part(blob.file(), first, last - first + 1));
    }

    /** A few at a time, so that whoever forgets the next page forgets most of them. */
    private Answer list(NavigableMap<String, Blob> blobs, Map<String, String> query) throws IOException {
        String prefix = query.getOrDefault("prefix", "");
        List<String> names = new ArrayList<>();
        blobs.tailMap(query.getOrDefault("marker", ""), true).keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .limit(PAGE + 1L)
                .forEach(names::add);
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><EnumerationResults><Blobs>");
        names.stream()
                .limit(PAGE)
                .forEach(name -> xml.append("<Blob><Name>")
                        .append(escaped(name))
                        .append("</Name><Properties><BlobType>BlockBlob</BlobType></Properties></Blob>"));
        xml.append("</Blobs><NextMarker>")
                .append(names.size() > PAGE ? escaped(names.getLast()) : "")
                .append("</NextMarker></EnumerationResults>");
        Path file = folder.resolve("list-" + versions.incrementAndGet());
        Files.writeString(file, xml);
        return new Answer(200, "", Map.of("Content-Type", "application/xml"), new Part(file, 0, Files.size(file)));
    }

    private static void error(HttpExchange exchange, int status, String code) throws IOException {
        exchange.getResponseHeaders().set("x-ms-error-code", code);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        byte[] body = ("<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>" + code
                        + "</Code><Message>Upstream's own words.</Message></Error>")
                .getBytes(StandardCharsets.UTF_8);
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    @Override
    public void close() {
        server.stop(0);
        FileSystemUtils.deleteRecursively(folder.toFile());
    }
}
