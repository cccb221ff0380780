package io.freshet.api;

import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Whether a broker answers. Quarkus' own check of this kind waits for a minute, and no probe does. */
@Readiness
@ApplicationScoped
class KafkaHealth implements HealthCheck {

    private static final DescribeClusterOptions SOON =
            new DescribeClusterOptions().timeoutMs((int) Duration.ofSeconds(2).toMillis());

    private final Supplier<Admin> admin;

    KafkaHealth(Supplier<Admin> admin) {
        this.admin = admin;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("kafka");
        try {
            var brokers = admin.get().describeCluster(SOON).nodes().get();
            return response.up().withData("brokers", brokers.size()).build();
        } catch (ExecutionException | KafkaException e) {
            return response.down()
                    .withData("cause", "broker away: " + (e.getCause() == null ? e : e.getCause()).getMessage())
                    .build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return response.down().withData("cause", "stopped while it asked").build();
        }
    }
}
