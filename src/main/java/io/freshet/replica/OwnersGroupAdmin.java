package io.freshet.replica;

import io.freshet.event.Topics;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
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
class OwnersGroupAdmin implements OwnersGroup, OwnersAssignment {

    private final String group;
    private final String inbox;
    private final Supplier<Admin> admin;
    private final DescribeConsumerGroupsOptions withinAHeartbeat;

    OwnersGroupAdmin(
            Supplier<Admin> admin,
            Topics topics,
            @ConfigProperty(name = "mp.messaging.incoming.inbox.group.id") String group,
            @ConfigProperty(name = "kafka.heartbeat.interval.ms") int heartbeatMillis) {
        this.group = group;
        this.inbox = topics.inbox();
        this.admin = admin;
        this.withinAHeartbeat = new DescribeConsumerGroupsOptions().timeoutMs(heartbeatMillis);
    }

    @Override
    public CompletionStage<Set<String>> members() {
        return described()
                .thenApply(members ->
                        members.stream().map(MemberDescription::consumerId).collect(Collectors.toSet()));
    }

    @Override
    public CompletionStage<Map<Integer, WorkspaceOwner>> owners() {
        return described().thenApply(this::owners);
    }

    private Map<Integer, WorkspaceOwner> owners(List<MemberDescription> members) {
        var owners = new HashMap<Integer, WorkspaceOwner>();
        for (var member : members) {
            member.assignment().topicPartitions().stream()
                    .filter(partition -> partition.topic().equals(inbox))
                    .forEach(partition -> owners.put(partition.partition(), new WorkspaceOwner(member.clientId())));
        }
        return owners;
    }

    private CompletionStage<List<MemberDescription>> described() {
        return admin.get()
                .describeConsumerGroups(List.of(group), withinAHeartbeat)
                .all()
                .toCompletionStage()
                .thenApply(OwnersGroupAdmin::members);
    }

    private static List<MemberDescription> members(Map<String, ConsumerGroupDescription> found) {
        return found.values().stream()
                .flatMap(description -> description.members().stream())
                .toList();
    }
}
