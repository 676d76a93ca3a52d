package io.dsrbroker.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.springframework.web.filter.OncePerRequestFilter;

/** Tells browsers to do nothing with an answer but show it; first of all filters, so that errors say it too. */
final class SecurityHeaders extends OncePerRequestFilter {

    /** For everything but the pages of Swagger UI, and those about problems. */
    static final Map<String, String> STRICT = Map.of(
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
            "Cache-Control", "no-store");

    private static final String PAGES = "/swagger-ui";

    private static final String PROBLEM_POLICY = "default-src 'none'; style-src " + ProblemPage.styleSource()
            + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private final String pagePolicy;

    SecurityHeaders(OpenApiProperties openApi) {
        this.pagePolicy =
                "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
                        + " font-src 'self'; connect-src 'self'" + tokenOrigin(openApi)
                        + "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    /** Swagger UI fetches its token from the issuer. */
    private static String tokenOrigin(OpenApiProperties openApi) {
        if (openApi.tokenUrl() == null) {
            return "";
        }
        URI token = URI.create(openApi.tokenUrl());
        return " " + token.getScheme() + "://" + token.getRawAuthority();
    }

    /** What Tomcat refuses by itself comes this way only. */
    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        STRICT.forEach(response::setHeader);
        if (request.getRequestURI().startsWith(PAGES)) {
            response.setHeader("Content-Security-Policy", pagePolicy);
        } else if (request.getRequestURI().startsWith(ProblemPage.PATH)) {
            response.setHeader("Content-Security-Policy", PROBLEM_POLICY);
        }
        if (request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"))) {
            response.setHeader("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
        }
        chain.doFilter(request, response);
    }
}
