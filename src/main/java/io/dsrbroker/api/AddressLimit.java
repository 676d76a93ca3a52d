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
 * Bounds what one address can ask for without a valid token, before any token is looked at: calls without a token count at
 * once, calls whose token turns out to be none count afterwards.
 *
 * <p>Who calls with valid tokens only is never counted here, but shares the fate of its address.
 */
final class AddressLimit extends OncePerRequestFilter {

    /** Of an IPv6 address a subscriber has at least the second half to choose from. */
    private static final Pattern NETWORK = Pattern.compile("((?:[0-9a-fA-F]*:){4}).*");

    private final Allowance allowance;
    private final ProblemWriter problems;

    AddressLimit(Allowance allowance, ProblemWriter problems) {
        this.allowance = allowance;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String network = network(String.valueOf(request.getRemoteAddr()));
        boolean anonymous = request.getHeader(HttpHeaders.AUTHORIZATION) == null;
        Duration wait = anonymous ? allowance.take(network) : allowance.look(network);
        if (!wait.isZero()) {
            problems.write(new TooManyRequests(wait).problem(), response);
            return;
        }
        chain.doFilter(request, response);
        if (!anonymous && response.getStatus() == HttpServletResponse.SC_UNAUTHORIZED) {
            // Several that came at once may all get through; the next ones will not.
            allowance.take(network);
        }
    }

    static String network(String address) {
        var whole = NETWORK.matcher(address);
        return whole.matches() ? whole.group(1) : address;
    }
}
