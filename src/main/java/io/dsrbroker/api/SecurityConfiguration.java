package io.dsrbroker.api;

import jakarta.servlet.DispatcherType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;

/** Who may call what: by scope under {@code /api/v1}, anyone the description of the API and the keys, nobody anything else. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
class SecurityConfiguration {

    private static final String API = "/api/v1/**";

    private final SecurityProblems problems;

    SecurityConfiguration(SecurityProblems problems) {
        this.problems = problems;
    }

    @Bean
    @Order(10)
    SecurityFilterChain apiChain(HttpSecurity http, Guards guards) {
        return stateless(http.securityMatcher("/api/v1", API))
                .authorizeHttpRequests(calls -> {
                    // Whoever got this far was let through when the call came in.
                    calls.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                            .permitAll();
                    guards.api(calls);
                    // What is left has no handler: 404 and 405 for those with a token.
                    calls.anyRequest().authenticated();
                })
                .oauth2ResourceServer(server -> server.jwt(Customizer.withDefaults())
                        .authenticationEntryPoint(problems)
                        .accessDeniedHandler(problems))
                .addFilterAfter(guards.limit(), BearerTokenAuthenticationFilter.class)
                .build();
    }

    @Bean
    @Order(20)
    SecurityFilterChain openChain(HttpSecurity http) {
        return stateless(http.securityMatcher(
                        "/v3/api-docs",
                        "/v3/api-docs.yaml",
                        "/v3/api-docs/**",
                        "/swagger-ui.html",
                        "/swagger-ui/**",
                        JwksApi.PATH,
                        "/problems/**",
                        "/error"))
                .authorizeHttpRequests(calls -> calls.anyRequest().permitAll())
                .build();
    }

    /** On its own port, which the network guards. */
    @Bean
    @Order(30)
    SecurityFilterChain actuatorChain(HttpSecurity http) {
        return stateless(http.securityMatcher(EndpointRequest.toAnyEndpoint()))
                .authorizeHttpRequests(calls -> calls.anyRequest().permitAll())
                .build();
    }

    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    SecurityFilterChain closedChain(HttpSecurity http) {
        return stateless(http)
                .authorizeHttpRequests(calls -> calls.dispatcherTypeMatchers(DispatcherType.ERROR)
                        .permitAll()
                        .anyRequest()
                        .denyAll())
                .build();
    }

    /** A token without a person cannot be told from another's; one with control characters cannot be kept. */
    @Bean
    OAuth2TokenValidator<Jwt> subjectValidator() {
        return new JwtClaimValidator<Object>(
                "sub", sub -> sub instanceof String person && Check.LABEL.test().test(Objects.requireNonNull(person)));
    }

    /** Else a token that says nothing of an end would be good for ever. */
    @Bean
    OAuth2TokenValidator<Jwt> expiryValidator() {
        return new JwtClaimValidator<Object>("exp", Objects::nonNull);
    }

    /** What names a client decides what it may see, so it must be a plain name. */
    @Bean
    OAuth2TokenValidator<Jwt> clientValidator() {
        return token -> CallerArgument.CLIENT_CLAIMS.stream()
                        .allMatch(claim -> isPlainOrAbsent(token.getClaims().get(claim)))
                ? OAuth2TokenValidatorResult.success()
                : OAuth2TokenValidatorResult.failure(
                        new OAuth2Error(OAuth2ErrorCodes.INVALID_TOKEN, "The client has no plain name", null));
    }

    private static boolean isPlainOrAbsent(@Nullable Object name) {
        return name == null
                || (name instanceof String client
                        && (client.isBlank() || Check.LABEL.test().test(client)));
    }

    private HttpSecurity stateless(HttpSecurity http) {
        return http.csrf(AbstractHttpConfigurer::disable)
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(problems).accessDeniedHandler(problems));
    }
}
