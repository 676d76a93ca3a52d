package io.dsrbroker.support;

import org.springframework.boot.flyway.autoconfigure.FlywayConnectionDetails;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;
import org.springframework.context.annotation.Bean;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * Lets a broker migrate the container of its database, which outlives it, as its owner; the settings say how it works
 * there as another. No {@code @Configuration}, lest it be scanned
 * into every broker.
 */
class ContainerConnection {

    @Bean(destroyMethod = "")
    @ServiceConnection(type = FlywayConnectionDetails.class)
    PostgreSQLContainer postgres(Database database) {
        return database.container().orElseThrow();
    }
}
