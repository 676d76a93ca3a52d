package io.dsrbroker;

import com.zaxxer.hikari.HikariDataSource;
import javax.sql.DataSource;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.jdbc.DataSourceBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Lets a migration take its time: with connections of the pool PostgreSQL would end it, since one of them rests in a
 * transaction until it is over.
 */
@Configuration(proxyBeanMethods = false)
class Migrating {

    @Bean
    FlywayConfigurationCustomizer connectionsWithoutLimits() {
        return flyway -> {
            DataSource given = flyway.getDataSource();
            if (given instanceof HikariDataSource pool) {
                flyway.dataSource(DataSourceBuilder.derivedFrom(pool)
                        .type(SimpleDriverDataSource.class)
                        .build());
            }
        };
    }
}
