package io.dsrbroker.support;

import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Connects a broker to the container of its database, which outlives it; no {@code @Configuration}, lest it be scanned
 * into every broker.
 */
class ContainerConnection {

    @Bean(destroyMethod = "")
    @ServiceConnection
    PostgreSQLContainer postgres(Database database) {
        return database.container().orElseThrow();
    }
}
