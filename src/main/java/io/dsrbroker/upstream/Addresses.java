package io.dsrbroker.upstream;

import io.dsrbroker.catalogue.Call;
import io.dsrbroker.catalogue.Catalogue;
import io.dsrbroker.catalogue.Upstream;
import io.dsrbroker.catalogue.UriTemplate;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Where a call goes: the configured origin and no other, whatever an answer says. */
@Component
class Addresses {

    private final Map<String, UriTemplate> bases = new HashMap<>();
    private final Map<String, List<Origin>> contentOrigins = new HashMap<>();

    Addresses(Catalogue catalogue, UpstreamProperties properties) {
        for (Upstream upstream : catalogue.upstreams().values()) {
            UpstreamProperties.Settings settings = properties.of(upstream.name());
            String base = settings.baseUrl() == null ? upstream.baseUrl() : settings.baseUrl();
            requireHttps(base, upstream.name() + ".base-url", properties);
            bases.put(
                    upstream.name(),
                    new UriTemplate(base.endsWith("/") ? base.substring(0, base.length() - 1) : base, Set.of()));
            List<String> origins =
                    settings.contentOrigins() == null ? upstream.contentOrigins() : settings.contentOrigins();
            origins.forEach(origin -> requireHttps(origin, upstream.name() + ".content-origins", properties));
            contentOrigins.put(
                    upstream.name(), origins.stream().map(Origin::pattern).toList());
        }
    }

    private static void requireHttps(String url, String setting, UpstreamProperties properties) {
        String scheme = url.toLowerCase(Locale.ROOT);
        if (!scheme.startsWith("https://")
                && !(scheme.startsWith("http://") && properties.egress().allowHttp())) {
            throw new IllegalStateException(
                    "dsr.upstreams." + setting + " is not https; set dsr.egress.allow-http=true for development only");
        }
    }

    /**
     * The address of a call, or of the next page of its list.
     *
     * @throws UriTemplate.MissingVariable when a variable has no value
     * @throws HostileUrl when the next page lies outside the call's origin
     */
    URI of(Upstream upstream, Call call, Map<String, String> variables, @Nullable Continuation continuation) {
        Map<String, String> values = new HashMap<>(variables);
        call.bind().forEach((name, source) -> {
            String value = variables.get(source);
            if (value != null) {
                values.put(name, value);
            }
        });
        URI first = URI.create(base(upstream).expand(values) + call.path().expand(values));
        return switch (continuation) {
            case null -> first;
            case Continuation.Link link ->
                Links.inside(first, link.url())
                        .orElseThrow(() -> new HostileUrl("The list goes on at another origin."));
            case Continuation.Token token -> withToken(first, call.continuation(), token.value());
        };
    }

    /** The address of content that an answer points to. */
    URI ofContent(Upstream upstream, String url) {
        URI uri = Links.parsed(url);
        Origin origin = Origin.of(uri);
        if (!Links.plain(uri)
                || contentOrigins.getOrDefault(upstream.name(), List.of()).stream()
                        .noneMatch(pattern -> pattern.allows(origin))) {
            throw new HostileUrl("Content lies at an origin that is not allowed for it.");
        }
        return uri;
    }

    private UriTemplate base(Upstream upstream) {
        return Objects.requireNonNull(bases.get(upstream.name()));
    }

    private static URI withToken(URI first, String parameter, String token) {
        String mark = first.getRawQuery() == null ? "?" : "&";
        return URI.create(first + mark + parameter + "="
                + URLEncoder.encode(token, StandardCharsets.UTF_8).replace("+", "%20"));
    }
}
