package io.dsrbroker.api;

import java.util.List;
import org.apache.catalina.core.StandardHost;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Wires the API into Spring MVC and Tomcat. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new CallerArgument());
    }

    /** Behind security, so that nobody without a token has a body read. */
    @Bean
    FilterRegistrationBean<BodyLimit> bodyLimit(ProblemWriter problems) {
        FilterRegistrationBean<BodyLimit> limit = new FilterRegistrationBean<>(new BodyLimit(problems));
        limit.addUrlPatterns("/api/*");
        limit.setOrder(SecurityFilterProperties.DEFAULT_FILTER_ORDER + 1);
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
