package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationToken;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives handlers the caller: the person is {@code sub}; the client {@code azp}, else {@code client_id}, else {@code appid}. */
final class CallerArgument implements HandlerMethodArgumentResolver {

    static final List<String> CLIENT_CLAIMS = List.of("azp", "client_id", "appid");

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Caller.class;
    }

    @Override
    public Caller resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return of(request.getNativeRequest(HttpServletRequest.class));
    }

    static Caller of(@Nullable HttpServletRequest request) {
        return Optional.ofNullable(request)
                .map(HttpServletRequest::getUserPrincipal)
                .flatMap(CallerArgument::find)
                .orElseThrow(() -> new IllegalStateException("The security chain let a call without a token through"));
    }

    /** Whom a token names, or the person who signed in. */
    static Optional<Caller> find(@Nullable Principal authentication) {
        if (authentication instanceof JwtAuthenticationToken token) {
            return Optional.of(caller(token.getToken()));
        }
        return authentication instanceof Authentication signedIn && signedIn.getPrincipal() instanceof SignedIn person
                ? Optional.of(person.caller())
                : Optional.empty();
    }

    static Caller caller(Jwt token) {
        String client = CLIENT_CLAIMS.stream()
                .map(token::getClaimAsString)
                .filter(claim -> claim != null && !claim.isBlank())
                .findFirst()
                .orElse(null);
        return new Caller(Objects.requireNonNull(token.getSubject()), client);
    }
}
