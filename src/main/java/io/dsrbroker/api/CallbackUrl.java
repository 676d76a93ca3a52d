package io.dsrbroker.api;

import java.net.URI;
import java.net.URISyntaxException;

/** What a URL that the portal wants to be called at must be like. */
record CallbackUrl(boolean allowHttp) {

    private static final int LONGEST = 2048;

    Check check() {
        return new Check(
                this::allows,
                "Must be an absolute " + (allowHttp ? "http or https" : "https") + " URL of at most " + LONGEST
                        + " characters, without user information or fragment.");
    }

    private boolean allows(String text) {
        try {
            URI url = new URI(text);
            return text.length() <= LONGEST
                    && ("https".equalsIgnoreCase(url.getScheme())
                            || (allowHttp && "http".equalsIgnoreCase(url.getScheme())))
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
