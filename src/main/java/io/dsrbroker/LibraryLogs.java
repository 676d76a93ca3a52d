package io.dsrbroker;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.ILoggerFactory;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Keeps libraries from logging below INFO, whatever level is configured: at DEBUG they write whole URLs, headers, bodies and
 * tokens. Those of {@code dsr.logging.debug-libraries} (names of loggers, with all below them) are known to write none.
 *
 * <p>Two say nothing at all: they log whole answers as errors, before they throw what says the same.
 */
class LibraryLogs implements ApplicationListener<ApplicationEnvironmentPreparedEvent>, Ordered {

    private static final String OURS = "io.dsrbroker";
    private static final String KEY = "dsr.logging.debug-libraries";
    private static final List<String> SILENT = List.of("com.azure.core", "com.azure.storage");
    static final String HARMLESS = String.join(
            ",",
            "com.github.kagkarlsson.scheduler",
            "com.zaxxer.hikari",
            "org.flywaydb",
            "org.hibernate.SQL",
            "org.springframework.boot.autoconfigure",
            "org.springframework.orm.jpa",
            "org.springframework.transaction");

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        ILoggerFactory loggers = LoggerFactory.getILoggerFactory();
        if (loggers instanceof LoggerContext context) {
            context.getTurboFilterList().removeIf(Quiet.class::isInstance);
            context.addTurboFilter(new Quiet(allowed(event.getEnvironment())));
        }
    }

    private static List<String> allowed(ConfigurableEnvironment environment) {
        return List.of(environment.getProperty(KEY, HARMLESS).split("\\s*,\\s*"));
    }

    /** After logging was set up, and before anything is logged by what comes next. */
    @Override
    public int getOrder() {
        return LoggingApplicationListener.DEFAULT_ORDER + 1;
    }

    private static final class Quiet extends TurboFilter {

        private final List<String> allowed;

        Quiet(List<String> allowed) {
            this.allowed = allowed;
        }

        @Override
        public FilterReply decide(
                @Nullable Marker marker,
                Logger logger,
                Level level,
                @Nullable String format,
                Object @Nullable [] parameters,
                @Nullable Throwable thrown) {
            String name = logger.getName();
            boolean silent = SILENT.stream().anyMatch(library -> within(library, name));
            return (!silent && level.isGreaterOrEqual(Level.INFO)) || isAllowed(name)
                    ? FilterReply.NEUTRAL
                    : FilterReply.DENY;
        }

        private boolean isAllowed(String logger) {
            return within(OURS, logger) || allowed.stream().anyMatch(name -> within(name, logger));
        }

        private static boolean within(String name, String logger) {
            return !name.isEmpty()
                    && logger.startsWith(name)
                    && (logger.length() == name.length() || logger.charAt(name.length()) == '.');
        }
    }
}
