package io.freshet.api;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Whether a broker answers. Quarkus' own check of this kind waits for a minute, and no probe does. */
@Readiness
@ApplicationScoped
class KafkaHealth implements HealthCheck {

    private static final DescribeClusterOptions SOON =
            new DescribeClusterOptions().timeoutMs((int) Duration.ofSeconds(2).toMillis());

    private final Map<String, Object> kafka;
    private @Nullable Admin admin;

    KafkaHealth(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("kafka");
        try {
            var brokers = admin().describeCluster(SOON).nodes().get();
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

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(kafka);
        }
        return admin;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
