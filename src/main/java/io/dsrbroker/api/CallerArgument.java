package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
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
        if (request != null && request.getUserPrincipal() instanceof JwtAuthenticationToken authentication) {
            return caller(authentication.getToken());
        }
        throw new IllegalStateException("The security chain let a call without a token through");
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
