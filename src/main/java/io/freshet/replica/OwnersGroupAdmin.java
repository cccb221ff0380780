package io.freshet.replica;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.MemberDescription;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Asks the brokers, with an answer within a heartbeat or none. */
@ApplicationScoped
class OwnersGroupAdmin implements OwnersGroup {

    private final String group;
    private final Supplier<Admin> admin;
    private final DescribeConsumerGroupsOptions withinAHeartbeat;

    OwnersGroupAdmin(
            Supplier<Admin> admin,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String group,
            @ConfigProperty(name = "kafka.heartbeat.interval.ms") int heartbeatMillis) {
        this.group = group;
        this.admin = admin;
        this.withinAHeartbeat = new DescribeConsumerGroupsOptions().timeoutMs(heartbeatMillis);
    }

    @Override
    public CompletionStage<Set<String>> members() {
        return admin.get()
                .describeConsumerGroups(List.of(group), withinAHeartbeat)
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
}
