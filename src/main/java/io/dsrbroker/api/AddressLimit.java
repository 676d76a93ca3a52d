package io.dsrbroker.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds what one address can ask for without a good token: calls without one count at once, calls whose token turns out to
 * be no good count afterwards, in a bucket of their own that refuses before the next token is looked at.
 *
 * <p>Whoever uses a token that was good the last time is always let through to where it is checked, whatever else comes
 * from the address.
 */
final class AddressLimit extends OncePerRequestFilter {

    /** Of an IPv6 address a subscriber has at least the second half to choose from. */
    private static final Pattern NETWORK = Pattern.compile("((?:[0-9a-fA-F]*:){4}).*");

    private static final String KNOWN = AddressLimit.class.getName() + ".known";
    private static final String BEARER = "Bearer ";

    private final Allowance anonymous;
    private final Allowance failed;
    private final ProblemWriter problems;
    private final GoodTokens good = new GoodTokens();

    AddressLimit(Allowance anonymous, Allowance failed, ProblemWriter problems) {
        this.anonymous = anonymous;
        this.failed = failed;
        this.problems = problems;
    }

    /** Notes that somebody is known to have made a call. */
    static void known(HttpServletRequest request) {
        request.setAttribute(KNOWN, true);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String network = network(String.valueOf(request.getRemoteAddr()));
        String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !looksAtTokens(request) || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            Duration wait = anonymous.take(network);
            if (wait.isZero()) {
                chain.doFilter(request, response);
            } else {
                refuse(wait, response);
            }
            return;
        }
        String token = GoodTokens.digest(header.substring(BEARER.length()));
        Duration wait = good.contains(token) ? Duration.ZERO : failed.look(network);
        if (!wait.isZero()) {
            refuse(wait, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            boolean known = request.getAttribute(KNOWN) != null;
            if (known) {
                good.used(token, true);
            } else if (response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
                // Other answers say nothing of the token: the issuer's keys cannot be had, or the URL was refused.
                good.used(token, false);
                // Several that came at once may all get through; the next ones will not.
                failed.take(network);
            } else {
                failed.take(network);
            }
        }
    }

    /** Elsewhere anybody may call, and a token makes no difference. */
    private static boolean looksAtTokens(HttpServletRequest request) {
        String path = request.getRequestURI();
        return path.equals("/api/v1") || path.startsWith("/api/v1/");
    }

    private void refuse(Duration wait, HttpServletResponse response) throws IOException {
        problems.write(new TooManyRequests(wait).problem(), response);
    }

    static String network(String address) {
        var whole = NETWORK.matcher(address);
        return whole.matches() ? whole.group(1) : address;
    }
}
