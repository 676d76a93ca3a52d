package io.dsrbroker;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalInt;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;

/** Starts the broker, or does what a command says. */
@SpringBootApplication
@ConfigurationPropertiesScan
public class DsrBrokerApplication {

    /** Starts the broker with Spring Boot's usual arguments, unless the first is a command. */
    public static void main(String[] args) {
        OptionalInt exit = Commands.run(args, new PrintStream(System.out, true, StandardCharsets.UTF_8));
        if (exit.isPresent()) {
            System.exit(exit.getAsInt());
        }
        SpringApplication.run(DsrBrokerApplication.class, args);
    }
}
