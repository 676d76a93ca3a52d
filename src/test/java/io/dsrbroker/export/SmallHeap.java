package io.dsrbroker.export;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.support.Program;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;

/** Makes one package in a JVM of its own, so that its heap can be small. */
final class SmallHeap implements Program {

    /** Arguments: job, then settings. */
    @Override
    public void run(String[] arguments) throws IOException {
        SpringApplication broker = new SpringApplication(ExportParts.class);
        broker.setWebApplicationType(WebApplicationType.NONE);
        broker.setLazyInitialization(true);
        broker.setDefaultProperties(Map.of(
                "spring.datasource.hikari.maximum-pool-size", "2",
                "db-scheduler.enabled", "false"));
        try (ConfigurableApplicationContext context = broker.run(arguments)) {
            context.getBean(PackageMaker.class).make(new JobId(UUID.fromString(arguments[0])));
        }
    }
}
