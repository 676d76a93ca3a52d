package io.dsrbroker.console;

import io.dsrbroker.api.Guards;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.csrf.CsrfFilter;

/** Who may see and do what in the console: whoever signed in, what their scopes allow at the API. */
@Configuration(proxyBeanMethods = false)
@WithConsole
class ConsoleSecurity {

    static final String ROOT = "/console";
    static final String SIGN_IN = ROOT + "/oauth2/authorization/" + SignIn.CLIENT;
    static final String SIGNED_OUT = ROOT + "/signed-out";

    /** Nothing from elsewhere, nothing inline, no frames; forms go nowhere else. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    @Bean
    @Order(5)
    SecurityFilterChain consoleChain(HttpSecurity http, SignIn signIn, Guards guards, Refusals refusals, Clock clock) {
        return http.securityMatcher(ROOT, ROOT + "/**")
                .authorizeHttpRequests(calls -> {
                    calls.dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                            .permitAll();
                    calls.requestMatchers(HttpMethod.GET, ROOT + "/assets/**", SIGNED_OUT)
                            .permitAll();
                    calls.requestMatchers(HttpMethod.GET, ROOT, ROOT + "/").authenticated();
                    guards.console(calls);
                    calls.anyRequest().denyAll();
                })
                .oauth2Login(login -> login.loginPage(SIGN_IN)
                        .clientRegistrationRepository(signIn)
                        .authorizedClientRepository(new NoTokens())
                        .authorizationEndpoint(at -> at.baseUri(ROOT + "/oauth2/authorization"))
                        .redirectionEndpoint(at -> at.baseUri(ROOT + "/login/oauth2/code/*"))
                        .userInfoEndpoint(person -> person.oidcUserService(signIn))
                        .defaultSuccessUrl(ROOT + "/requests")
                        .failureHandler(refusals))
                .logout(out -> out.logoutUrl(ROOT + "/sign-out").logoutSuccessUrl(SIGNED_OUT))
                .exceptionHandling(
                        failures -> failures.authenticationEntryPoint(refusals).accessDeniedHandler(refusals))
                .headers(headers -> headers.defaultsDisabled()
                        .addHeaderWriter((request, response) -> response.setHeader("Content-Security-Policy", POLICY)))
                .addFilterBefore(new SessionEnd(refusals, clock), CsrfFilter.class)
                .addFilterBefore(guards.limit(), AuthorizationFilter.class)
                .build();
    }
}
