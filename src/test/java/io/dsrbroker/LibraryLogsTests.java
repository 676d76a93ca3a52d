package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.bootstrap.DefaultBootstrapContext;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.mock.env.MockEnvironment;

@Isolated
class LibraryLogsTests {

    private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
    private final Level before =
            context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).getLevel();

    private void prepared(MockEnvironment environment) {
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(Level.TRACE);
        new LibraryLogs()
                .onApplicationEvent(new ApplicationEnvironmentPreparedEvent(
                        new DefaultBootstrapContext(), new SpringApplication(), new String[0], environment));
    }

    @AfterEach
    void asBefore() {
        context.getTurboFilterList().clear();
        context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(before);
    }

    @ParameterizedTest
    @CsvSource({
        "io.dsrbroker.lane.Settler, true",
        "io.dsrbroker, true",
        "io.dsrbrokers.Other, false",
        "org.apache.coyote.http11.Http11InputBuffer, false",
        "reactor.netty.http.client.HttpClientConnect, false",
        "org.springframework.web.client.DefaultRestClient, false",
        "org.hibernate.orm.jdbc.bind, false",
        "com.zaxxer.hikari.pool.HikariPool, true"
    })
    void onlyLoggersThatWriteNothingOfAPersonGoBelowInfo(String name, boolean allowed) {
        prepared(new MockEnvironment());
        Logger logger = context.getLogger(name);
        assertThat(logger.isDebugEnabled()).isEqualTo(allowed);
        assertThat(logger.isTraceEnabled()).isEqualTo(allowed);
        assertThat(logger.isInfoEnabled()).isTrue();
        assertThat(logger.isErrorEnabled()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "com.azure.storage.blob.specialized.BlobClientBase, false",
        "com.azure.core.util.FluxUtil, false",
        "com.azure.identity.ManagedIdentityCredential, true",
    })
    void librariesThatLogAnswersAsErrorsAreSilent(String name, boolean heard) {
        prepared(new MockEnvironment());
        assertThat(context.getLogger(name).isErrorEnabled()).isEqualTo(heard);
    }

    @Test
    void operatorSaysWhichOnesMay() {
        prepared(new MockEnvironment().withProperty("dsr.logging.debug-libraries", "org.apache.coyote, a.b"));
        assertThat(context.getLogger("org.apache.coyote.X").isDebugEnabled()).isTrue();
        assertThat(context.getLogger("com.zaxxer.hikari.X").isDebugEnabled()).isFalse();
        assertThat(context.getLogger("io.dsrbroker.X").isDebugEnabled()).isTrue();
    }
}
