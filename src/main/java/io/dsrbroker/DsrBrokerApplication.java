package io.dsrbroker;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the broker. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DsrBrokerApplication {

    /** Starts the broker with Spring Boot's usual arguments. */
    public static void main(String[] args) {
        SpringApplication.run(DsrBrokerApplication.class, args);
    }
}
