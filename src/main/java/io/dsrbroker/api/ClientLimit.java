package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Bounds how often a client calls: behind authentication, so that nobody uses up the allowance of another, and before it is
 * asked what the client may do, so that refusals count too.
 */
final class ClientLimit extends OncePerRequestFilter {

    private final Allowance allowance;
    private final ProblemWriter problems;

    ClientLimit(Allowance allowance, ProblemWriter problems) {
        this.allowance = allowance;
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Caller> caller =
                CallerArgument.find(SecurityContextHolder.getContext().getAuthentication());
        if (caller.isPresent()) {
            AddressLimit.known(request);
            Duration wait = allowance.take(key(caller.get()));
            if (!wait.isZero()) {
                problems.write(new TooManyRequests(wait).problem(), response);
                return;
            }
        }
        chain.doFilter(request, response);
    }

    /** The client, or the person where the token names no client; the two never meet. */
    static String key(Caller caller) {
        String client = caller.client();
        return client == null ? "sub:" + caller.sub() : "client:" + client;
    }
}
