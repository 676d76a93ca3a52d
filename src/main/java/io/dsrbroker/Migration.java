package io.dsrbroker;

import io.dsrbroker.shared.Command;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * {@code migrate}: brings the tables up to date as the role that owns them, grants the broker's role what it needs, and ends.
 * Unlike other commands it reads Spring Boot's usual configuration and needs the database, but none of the broker runs.
 */
final class Migration implements Command {

    private static final String URL = "spring.datasource.url";
    private static final String APPLICATION = "spring.datasource.username";
    private static final String OWNER = "spring.flyway.user";
    private static final String GRANTED = "spring.flyway.placeholders.application-role";

    @Override
    public int run(List<String> arguments, PrintStream out) {
        try (ConfigurableApplicationContext context = started(arguments)) {
            migrate(context.getBean(Flyway.class), context.getEnvironment(), out);
            return OK;
        } catch (RuntimeException e) {
            out.println("The database was not migrated: " + why(e));
            return INVALID;
        }
    }

    private static ConfigurableApplicationContext started(List<String> arguments) {
        return new SpringApplicationBuilder(OnlyFlyway.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                // What fails is told in one line, not in the log.
                .properties("logging.level.org.springframework.boot.SpringApplication=off")
                .initializers(context -> settle(context.getEnvironment()))
                .run(Stream.concat(arguments.stream(), Stream.of("--spring.flyway.enabled=true"))
                        .toArray(String[]::new));
    }

    /** Flyway connects by itself, so that nothing of the broker's own connections holds for it. */
    private static void settle(ConfigurableEnvironment environment) {
        Map<String, Object> settings = new LinkedHashMap<>();
        if (!environment.containsProperty("spring.flyway.url")) {
            settings.put("spring.flyway.url", required(environment, URL));
        }
        if (!environment.containsProperty(OWNER)) {
            settings.put(OWNER, required(environment, APPLICATION));
            settings.put("spring.flyway.password", environment.getProperty("spring.datasource.password", ""));
        }
        environment.getPropertySources().addLast(new MapPropertySource("migration", settings));
    }

    private static String required(Environment environment, String name) {
        String value = environment.getProperty(name, "");
        if (value.isBlank()) {
            throw new IllegalStateException(name + " is not set");
        }
        return value;
    }

    private static void migrate(Flyway flyway, Environment environment, PrintStream out) {
        MigrateResult result = flyway.migrate();
        MigrationInfo current = flyway.info().current();
        String version = current == null ? "none" : String.valueOf(current.getVersion());
        if (result.migrationsExecuted == 0) {
            out.println("The database is at version " + version + " already; there was nothing to migrate.");
        } else {
            out.println("The database has been migrated to version " + version + ": "
                    + result.migrations.stream()
                            .map(each -> each.version + " " + each.description)
                            .collect(Collectors.joining(", "))
                    + ".");
        }
        out.println(grants(environment));
    }

    private static String grants(Environment environment) {
        String owner = environment.getProperty(OWNER, "");
        String role = environment.getProperty(GRANTED, "");
        return role.isEmpty() || role.equals(owner)
                ? "No role was granted anything: neither dsr.database.application-role nor " + APPLICATION
                        + " names another than the owner. See docs/database-roles.md."
                : "The tables belong to " + owner + "; " + role + " has what the broker needs, and no more.";
    }

    /** Without the address of the database, which may hold a password. */
    private static String why(Throwable failure) {
        SQLException refused = null;
        for (Throwable each = failure; each != null; each = each.getCause()) {
            refused = each instanceof SQLException sql ? sql : refused;
        }
        String first = firstLine(failure);
        if (refused == null) {
            return first;
        }
        String told = firstLine(refused);
        return first.contains("jdbc:") || first.equals(told) ? told : first + ": " + told;
    }

    private static String firstLine(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        return Arrays.stream(message.split("\\R", -1))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .orElse(failure.getClass().getSimpleName());
    }

    /** Flyway as the broker would have it, but without the broker; it does not migrate before it is told to. */
    @ImportAutoConfiguration(FlywayAutoConfiguration.class)
    static class OnlyFlyway {

        @Bean
        FlywayMigrationStrategy later() {
            return flyway -> {};
        }
    }
}
