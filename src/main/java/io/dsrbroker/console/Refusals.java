package io.dsrbroker.console;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AuthenticationFailureHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** What people see who are not let in: the way to sign in, or why not. */
@Component
@WithConsole
class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler, AuthenticationFailureHandler {

    private static final Logger log = LoggerFactory.getLogger(Refusals.class);

    private final Pages pages;

    Refusals(Pages pages) {
        this.pages = pages;
    }

    /** A page leads to the sign-in; a part of a page asks for the whole page, and that leads there. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException notSignedIn)
            throws IOException {
        if (Parts.asked(request)) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setHeader("HX-Refresh", "true");
        } else {
            response.sendRedirect(ConsoleSecurity.SIGN_IN);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException denied)
            throws IOException {
        if (denied instanceof CsrfException) {
            sessionLost(request, response);
        } else {
            say(
                    request,
                    response,
                    403,
                    "You may not do this",
                    "Your account does not have the scope that this takes."
                            + " Whoever looks after the identity provider can grant it.");
        }
    }

    @Override
    public void onAuthenticationFailure(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException failed)
            throws IOException {
        log.warn("Somebody could not sign in at the console: {}", failed.getMessage());
        say(
                request,
                response,
                401,
                "You could not be signed in",
                "The identity provider did not vouch for you in a way"
                        + " that the broker accepts. Try again; if it stays like this, the broker's log says why.");
    }

    /** The form came without a session that it belongs to. */
    void sessionLost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        say(
                request,
                response,
                403,
                "Your session has ended",
                "Nothing was done. Sign in again, look at the request as"
                        + " it stands now, and repeat what you wanted to do.");
    }

    private void say(HttpServletRequest request, HttpServletResponse response, int status, String title, String detail)
            throws IOException {
        pages.write(
                request,
                response,
                status,
                "console/refusal",
                Map.of("title", title, "detail", detail, "status", status));
    }
}
