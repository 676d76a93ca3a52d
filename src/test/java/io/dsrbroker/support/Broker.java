package io.dsrbroker.support;

import io.dsrbroker.DsrBrokerApplication;
import io.dsrbroker.simulator.AzureSimulator;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running broker, as production starts it, against a simulator. */
public final class Broker implements AutoCloseable {

    /** What callbacks are signed with; known to everybody, since it stands here. */
    public static final String CALLBACK_SECRET = "whsec_ZGV2ZWxvcG1lbnQgb25seSwgbm90IGEgc2VjcmV0IQ==";

    private final ConfigurableApplicationContext context;
    private final Issuer issuer;

    private Broker(ConfigurableApplicationContext context, Issuer issuer) {
        this.context = context;
        this.issuer = issuer;
    }

    /** Starts one on free ports. */
    public static Broker start(
            Database database, AzureSimulator azure, Issuer issuer, Path store, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(settings(database, azure, issuer, store));
        settings.putAll(more);
        return run(database, issuer, settings);
    }

    /** Starts one with exactly these settings. */
    public static Broker run(Database database, Issuer issuer, Map<String, String> settings) {
        SpringApplicationBuilder application = new SpringApplicationBuilder(DsrBrokerApplication.class);
        if (database.container().isPresent()) {
            application
                    .sources(ContainerConnection.class)
                    .initializers(context -> context.getBeanFactory().registerSingleton("database", database));
        }
        return new Broker(
                application.run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new)),
                issuer);
    }

    /** All settings of a broker that knows only the simulator. */
    public static Map<String, String> settings(Database database, AzureSimulator azure, Issuer issuer, Path store) {
        Map<String, String> settings = settings(database, issuer, store);
        for (String upstream : List.of("gallery-catalog", "arm", "model-management", "experiments")) {
            String prefix = "dsr.upstreams." + upstream;
            settings.put(prefix + ".base-url", azure.baseUrl(upstream));
            if (!upstream.equals("gallery-catalog")) {
                settings.put(prefix + ".auth.type", "client-credentials");
                settings.put(prefix + ".auth.token-uri", azure.tokenEndpoint());
                settings.put(prefix + ".auth.client-id", "dsr-broker");
                settings.put(prefix + ".auth.client-secret", "development-only");
            }
        }
        settings.put("dsr.upstreams.experiments.content-origins", azure.contentOrigin());
        return settings;
    }

    /** All but where its upstreams are. */
    public static Map<String, String> settings(Database database, Issuer issuer, Path store) {
        Map<String, String> settings = new HashMap<>(database.settings());
        settings.putAll(issuer.settings());
        settings.put("server.port", "0");
        settings.put("server.address", "127.0.0.1");
        settings.put("management.server.port", "0");
        settings.put("management.server.address", "127.0.0.1");
        for (String limit : List.of("requests-per-second", "burst", "anonymous-per-second", "anonymous-burst")) {
            settings.put("dsr.limits." + limit, "10000");
        }
        settings.put("dsr.shutdown.close-connections", "0s");
        settings.put("dsr.export.store", store.toString());
        settings.put("dsr.egress.allow-http", "true");
        settings.put("dsr.egress.allow-private-addresses", "true");
        settings.put("dsr.callback.secret", CALLBACK_SECRET);
        settings.put("dsr.callback.allowed-hosts", "localhost:*,127.0.0.1:*,[::1]:*");
        return settings;
    }

    /** Settings with which a test of a thousand calls does not wait for its quota. */
    public static Map<String, String> boundlessQuota() {
        Map<String, String> settings = new HashMap<>();
        for (String upstream : List.of("gallery-catalog", "arm", "model-management", "experiments")) {
            settings.put("dsr.lanes." + upstream + ".reads-per-second", "5000");
            settings.put("dsr.lanes." + upstream + ".read-burst", "5000");
            settings.put("dsr.lanes." + upstream + ".deletes-per-second", "5000");
            settings.put("dsr.lanes." + upstream + ".delete-burst", "5000");
        }
        return settings;
    }

    /** A bean of it, for what no interface shows. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Where its API is. */
    public String url() {
        if (!(context instanceof WebServerApplicationContext web) || web.getWebServer() == null) {
            throw new IllegalStateException("The broker serves nothing");
        }
        return "http://127.0.0.1:" + web.getWebServer().getPort();
    }

    /** Where its actuator is. */
    public String managementUrl() {
        return "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port");
    }

    /** What it tells Prometheus now. */
    public Scrape scrape() {
        return Scrape.of(managementUrl() + "/actuator/prometheus");
    }

    /** A token that it accepts. */
    public String token(String sub, String scopes) {
        return issuer.token(sub, scopes);
    }

    /** A client of its API that may do this. */
    public Portal portal(String sub, String scopes) {
        return new Portal(url(), issuer.token(sub, scopes));
    }

    @Override
    public void close() {
        context.close();
    }
}
