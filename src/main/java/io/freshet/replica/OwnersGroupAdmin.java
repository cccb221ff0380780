package io.freshet.replica;

import io.smallrye.common.annotation.Identifier;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.MemberDescription;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks the brokers, with an answer within a heartbeat or none. */
@ApplicationScoped
class OwnersGroupAdmin implements OwnersGroup {

    private final String group;
    private final Admin admin;

    OwnersGroupAdmin(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String group,
            @ConfigProperty(name = "kafka.heartbeat.interval.ms") int heartbeatMillis) {
        this.group = group;
        var settings = new HashMap<>(kafka);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "freshet-membership");
        settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, heartbeatMillis);
        settings.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, heartbeatMillis);
        this.admin = Admin.create(settings);
    }

    @Override
    public CompletionStage<Set<String>> members() {
        return admin.describeConsumerGroups(List.of(group))
                .all()
                .toCompletionStage()
                .thenApply(OwnersGroupAdmin::members);
    }

    private static Set<String> members(Map<String, ConsumerGroupDescription> found) {
        return found.values().stream()
                .flatMap(description -> description.members().stream())
                .map(MemberDescription::consumerId)
                .collect(Collectors.toSet());
    }

    @PreDestroy
    void close() {
        admin.close(Duration.ZERO);
    }
}
