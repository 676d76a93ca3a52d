package io.dsrbroker.api;

import io.dsrbroker.callback.CallbackRules;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** What a URL that the portal wants to be called at must be like. */
record CallbackUrl(CallbackRules rules) {

    private static final String FIELD = "callbackUrl";
    static final int LONGEST = 2048;

    /** Reads it, and refuses it where the operator does not allow it. */
    Optional<String> read(Fields fields) {
        Optional<String> url = fields.text(FIELD, check());
        url.map(URI::create).flatMap(rules::refusal).ifPresent(detail -> fields.refuse(FIELD, detail));
        return url;
    }

    private Check check() {
        return new Check(
                this::allows,
                "Must be an absolute " + (rules.allowHttp() ? "http or https" : "https") + " URL of at most " + LONGEST
                        + " characters, without user information or fragment.");
    }

    private boolean allows(String text) {
        try {
            URI url = new URI(text);
            return text.length() <= LONGEST
                    && ("https".equalsIgnoreCase(url.getScheme())
                            || (rules.allowHttp() && "http".equalsIgnoreCase(url.getScheme())))
                    && url.getHost() != null
                    && url.getPort() != 0
                    && url.getPort() <= 65535
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
