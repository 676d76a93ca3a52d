package io.dsrbroker.callback;

import io.dsrbroker.egress.Egress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Which URLs may be called: nothing unless the operator names the host; asked when a request comes in and at every try. */
@Component
public class CallbackRules {

    private final Signing signing;
    private final List<AllowedHost> hosts;
    private final boolean allowHttp;

    CallbackRules(Signing signing, CallbackProperties properties, Egress egress) {
        this.signing = signing;
        this.hosts = properties.allowedHosts().stream()
                .filter(host -> !host.isBlank())
                .map(AllowedHost::of)
                .toList();
        this.allowHttp = egress.allowHttp();
    }

    /** Whether plain http may be used, in development. */
    public boolean allowHttp() {
        return allowHttp;
    }

    /** Why a URL, which has a host, may not be called; says nothing of the URL itself. Empty where it may. */
    public Optional<String> refusal(URI url) {
        if (!signing.possible()) {
            return Optional.of("Callbacks cannot be signed: no dsr.callback.secret is configured.");
        }
        if (hosts.isEmpty()) {
            return Optional.of("No host may be called: dsr.callback.allowed-hosts names none.");
        }
        String scheme = url.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !(allowHttp && scheme.equals("http"))) {
            return Optional.of("Only https may be used.");
        }
        if (hosts.stream().noneMatch(host -> host.allows(url))) {
            return Optional.of("This host, or its port, is not among dsr.callback.allowed-hosts.");
        }
        return Optional.empty();
    }
}
