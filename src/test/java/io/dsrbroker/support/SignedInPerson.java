package io.dsrbroker.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person at the console, by a browser that shows nothing: with a session, and the token that its forms carry. */
public final class SignedInPerson {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final HttpClient client =
            HttpClient.newBuilder().cookieHandler(new CookieManager()).build();
    private final String url;
    private String token = "none";

    private SignedInPerson(String url) {
        this.url = url;
    }

    /** Signs in at a broker's console by the issuer's page. */
    public static SignedInPerson at(String url, String name) {
        SignedInPerson person = new SignedInPerson(url);
        URI page = person.follow(URI.create(url + "/console/signed-in"), "/console/oauth2/authorization/console");
        HttpResponse<String> back = person.exchange(HttpRequest.newBuilder(page)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=" + name))
                .build());
        HttpResponse<String> in = person.exchange(
                HttpRequest.newBuilder(page.resolve(location(back))).GET().build());
        if (in.statusCode() != 302) {
            throw new IllegalStateException("Not signed in: " + in.statusCode() + " " + in.body());
        }
        Matcher form =
                TOKEN.matcher(person.send("GET", "/console/requests", Map.of()).body());
        if (form.find()) {
            person.token = form.group(1);
        }
        return person;
    }

    /** Somebody who did not sign in. */
    public static SignedInPerson nobody(String url) {
        return new SignedInPerson(url);
    }

    private URI follow(URI from, String path) {
        return from.resolve(location(
                exchange(HttpRequest.newBuilder(from.resolve(path)).GET().build())));
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(answer.statusCode() + " " + answer.body()));
    }

    /** Asks for a page, or sends a form that came from one. */
    public HttpResponse<String> send(String method, String path, Map<String, String> form) {
        Map<String, String> whole = new HashMap<>(form);
        whole.put("_csrf", token);
        return sendWithoutToken(method, path, whole);
    }

    /** Sends a form that came from elsewhere. */
    public HttpResponse<String> sendWithoutToken(String method, String path, Map<String, String> form) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).header("Accept", "text/html");
        if (method.equals("POST")) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form.entrySet().stream()
                            .map(field ->
                                    field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                            .collect(Collectors.joining("&"))));
        }
        return exchange(request.build());
    }

    private HttpResponse<String> exchange(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
