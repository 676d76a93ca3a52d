package io.dsrbroker.console;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Where the console's pages find their scripts and styles: in the jar, and nowhere else. */
@Configuration(proxyBeanMethods = false)
@WithConsole
class ConsoleWeb implements WebMvcConfigurer {

    private static final String ASSETS = ConsoleSecurity.ROOT + "/assets";
    private static final CacheControl AN_HOUR = CacheControl.maxAge(Duration.ofHours(1));

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        registry.addResourceHandler(ASSETS + "/lib/**")
                .addResourceLocations("classpath:/META-INF/resources/webjars/")
                .setCacheControl(AN_HOUR)
                .resourceChain(true);
        registry.addResourceHandler(ASSETS + "/**")
                .addResourceLocations("classpath:/console/assets/")
                .setCacheControl(AN_HOUR);
    }

    @Override
    public void addViewControllers(ViewControllerRegistry registry) {
        registry.addRedirectViewController(ConsoleSecurity.ROOT, ConsoleSecurity.ROOT + "/requests");
        registry.addRedirectViewController(ConsoleSecurity.ROOT + "/", ConsoleSecurity.ROOT + "/requests");
        registry.addViewController(ConsoleSecurity.SIGNED_OUT).setViewName("console/signed-out");
    }
}
