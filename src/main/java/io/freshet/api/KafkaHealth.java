package io.freshet.api;

import io.freshet.event.Codecs;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.common.KafkaException;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;
import org.jspecify.annotations.Nullable;

/** Whether a broker answers, and whatever lies there can be read. Quarkus' own check of this kind waits for a minute, and no probe does. */
@Readiness
@ApplicationScoped
class KafkaHealth implements HealthCheck {

    private static final DescribeClusterOptions SOON =
            new DescribeClusterOptions().timeoutMs((int) Duration.ofSeconds(2).toMillis());

    private final Supplier<Admin> admin;
    private @Nullable Map<String, String> faults;

    KafkaHealth(Supplier<Admin> admin) {
        this.admin = admin;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("kafka");
        var codecs = codecs();
        if (!codecs.isEmpty()) {
            return response.down()
                    .withData(
                            "cause",
                            "codecs can't be loaded, and what was compressed with them can't be read: " + codecs)
                    .build();
        }
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

    /** Looked at by the first probe: not at the start, which needn't wait for it. */
    private synchronized Map<String, String> codecs() {
        if (faults == null) {
            faults = Codecs.faults();
        }
        return faults;
    }
}
