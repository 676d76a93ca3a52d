package io.dsrbroker.api;

import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the API into Spring MVC and Tomcat. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    /** So many tokens that are no good may come for a call without any: somebody's token may just have expired. */
    private static final int TOKENS = 5;

    private final ClientAccess access;
    private final ProblemWriter problems;

    WebConfiguration(ClientAccess access, ProblemWriter problems) {
        this.access = access;
        this.problems = problems;
    }

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(access)
                .addPathPatterns(Scopes.API, Scopes.API + "/**", Scopes.CONSOLE, Scopes.CONSOLE + "/**");
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
    }

    @Bean
    FilterRegistrationBean<SecurityHeaders> securityHeaders(OpenApiProperties openApi) {
        FilterRegistrationBean<SecurityHeaders> headers = new FilterRegistrationBean<>(new SecurityHeaders(openApi));
        headers.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return headers;
    }

    @Bean
    FilterRegistrationBean<AddressLimit> addressLimit(LimitProperties limits) {
        Allowance anonymous = new Allowance(limits.anonymousPerSecond(), limits.anonymousBurst(), System::nanoTime);
        Allowance failed =
                new Allowance(TOKENS * limits.anonymousPerSecond(), TOKENS * limits.anonymousBurst(), System::nanoTime);
        FilterRegistrationBean<AddressLimit> limit =
                new FilterRegistrationBean<>(new AddressLimit(anonymous, failed, problems));
        limit.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER - 1);
        return limit;
    }

    /** Behind security, so that nobody without a token has a body read. */
    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit() {
        FilterRegistrationBean<BodyLimit> limit = new FilterRegistrationBean<>(new BodyLimit(problems));
        limit.addUrlPatterns("/api/*");
        limit.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 2);
        return limit;
    }

    /** Tomcat itself answers what is no HTTP at all. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> tomcatProblems() {
        return factory -> factory.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(TomcatProblems.class.getName());
            }
        });
    }
}
