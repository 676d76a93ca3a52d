package io.dsrbroker.callback;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A host that may be called.
 *
 * @param host in lower case
 * @param below whether it stands for every host below it, and not for itself
 * @param port as written; empty for the scheme's own, an asterisk for every one
 */
record AllowedHost(String host, boolean below, String port) {

    private static final Pattern FORM = Pattern.compile(
            "(?<below>\\*\\.)?(?<host>[a-z0-9-]+(\\.[a-z0-9-]+)*|\\[[0-9a-f:.]+\\])(:(?<port>[0-9]{1,5}|\\*))?");

    static AllowedHost of(String text) {
        Matcher form = FORM.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!form.matches()) {
            throw new IllegalArgumentException(
                    "dsr.callback.allowed-hosts has an entry that is no host, such as portal.example, *.example or"
                            + " portal.example:8443: " + text);
        }
        String port = form.group("port");
        return new AllowedHost(form.group("host"), form.group("below") != null, port == null ? "" : port);
    }

    boolean allows(URI url) {
        String asked = url.getHost().toLowerCase(Locale.ROOT);
        boolean named = below ? asked.endsWith("." + host) : asked.equals(host);
        return named
                && switch (port) {
                    case "*" -> true;
                    case "" -> portOf(url) == ownPort(url);
                    default -> portOf(url) == Integer.parseInt(port);
                };
    }

    /** The port that a URL is called at. */
    private static int portOf(URI url) {
        return url.getPort() < 0 ? ownPort(url) : url.getPort();
    }

    private static int ownPort(URI url) {
        return "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
    }
}
