package io.dsrbroker.console;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends a session with the access token that it began with. Whoever sends a form without a session is told so before
 * anything of the form is read.
 */
final class SessionEnd extends OncePerRequestFilter {

    private final Refusals refusals;
    private final Clock clock;

    SessionEnd(Refusals refusals, Clock clock) {
        this.refusals = refusals;
        this.clock = clock;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Authentication signedIn = SecurityContextHolder.getContext().getAuthentication();
        boolean person = false;
        if (signedIn != null && signedIn.getPrincipal() instanceof ConsoleUser user) {
            person = !user.expiredAt(clock.instant());
            if (!person) {
                end(request);
            }
        }
        if (!person
                && request.getDispatcherType() == DispatcherType.REQUEST
                && request.getMethod().equals("POST")) {
            refusals.sessionLost(request, response);
            return;
        }
        chain.doFilter(request, response);
    }

    private static void end(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }
}
