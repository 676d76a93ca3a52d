package io.dsrbroker.catalogue;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Makes the catalogue, once, at start. */
@Configuration(proxyBeanMethods = false)
class CatalogueConfiguration {

    /**
     * Settings of the catalogue.
     *
     * @param locations further catalogue files of the operator, as Spring resource patterns
     */
    @ConfigurationProperties("dsr.catalogue")
    record CatalogueProperties(@DefaultValue List<String> locations) {}

    @Bean
    Catalogue catalogue(CatalogueProperties properties) {
        return new CatalogueLoader().load(properties.locations());
    }
}
