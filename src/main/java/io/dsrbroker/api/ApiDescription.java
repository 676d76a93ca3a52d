package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.info.License;
import io.swagger.v3.oas.models.security.OAuthFlow;
import io.swagger.v3.oas.models.security.OAuthFlows;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springdoc.core.utils.SpringDocUtils;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Describes the API in OpenAPI. */
@Configuration(proxyBeanMethods = false)
class ApiDescription {

    private static final String SCHEME = "token";
    private static final String JWT = "Its signature, issuer, audience and times are checked as RFC8725 recommends.";

    static {
        SpringDocUtils.getConfig().addRequestWrapperToIgnore(Caller.class);
        // Each enum is described once, by its name.
        ModelResolver.enumsAsRef = true;
    }

    @Bean
    OpenAPI openApi(OpenApiProperties properties) {
        return new OpenAPI()
                .info(new Info()
                        .title("dsr-broker")
                        .version("v1")
                        .description("Carries data-subject requests out, resource by resource, and proves what"
                                + " happened. Errors are RFC 9457 problems; lists come in pages.")
                        .license(new License().name("Apache-2.0").identifier("Apache-2.0")))
                .servers(List.of(server()))
                .components(new Components()
                        .addSecuritySchemes(SCHEME, scheme(properties))
                        .addSchemas("Problem", DescribedProblems.schema()))
                .security(List.of(new SecurityRequirement().addList(SCHEME)));
    }

    /** The broker does not know by which name it is called. */
    private static Server server() {
        Server server = new Server().url("/").description("The broker that answers this, in production or elsewhere");
        server.addExtension("x-internal", true);
        return server;
    }

    private static SecurityScheme scheme(OpenApiProperties properties) {
        if (properties.authorizationUrl() == null || properties.tokenUrl() == null) {
            return new SecurityScheme()
                    .type(SecurityScheme.Type.HTTP)
                    .scheme("bearer")
                    .bearerFormat("JWT")
                    .description("An access token of the configured issuer. " + JWT);
        }
        io.swagger.v3.oas.models.security.Scopes scopes = new io.swagger.v3.oas.models.security.Scopes();
        scopes.addString("openid", "Say who signs in; the issuer asks for it.");
        Scopes.MEANINGS.forEach(scopes::addString);
        return new SecurityScheme()
                .type(SecurityScheme.Type.OAUTH2)
                .description("Sign in with the configured issuer, by a code and PKCE. " + JWT)
                .flows(new OAuthFlows()
                        .authorizationCode(new OAuthFlow()
                                .authorizationUrl(properties.authorizationUrl())
                                .tokenUrl(properties.tokenUrl())
                                .refreshUrl(properties.tokenUrl())
                                .scopes(scopes)));
    }

    /** Every call names the scope that {@link Scopes} wants of it, or that it wants none. */
    @Bean
    OpenApiCustomizer describedScopes() {
        return api -> api.getPaths()
                .forEach((path, item) -> item.readOperationsMap()
                        .forEach((method, operation) -> operation.setSecurity(Scopes.GRANTS.stream()
                                .filter(grant -> grant.pattern().equals(path)
                                        && grant.method().name().equals(method.name()))
                                .map(grant -> new SecurityRequirement().addList(SCHEME, grant.scope()))
                                .toList())));
    }

    @Bean
    OpenApiCustomizer describedWords() {
        return new DescribedWords();
    }

    @Bean
    OperationCustomizer describedProblems() {
        return new DescribedProblems();
    }
}
