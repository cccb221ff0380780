package io.freshet.cli;

import static java.util.Objects.requireNonNull;

import io.freshet.event.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What this user may do with topics and groups, as the brokers say. */
record KafkaRights(Admin admin, DoctorSettings settings) {

    private static final String CHECK = "rights";
    private static final String ADVICE = "allow it: docs/install.md has the commands";

    CheckResult result() throws InterruptedException {
        var lacking = new ArrayList<String>();
        try {
            for (var need : needs(settings.topics()).entrySet()) {
                lacking.addAll(lacking("topic " + need.getKey(), need.getValue(), ofTopic(need.getKey())));
            }
            for (var group : settings.groups()) {
                if (!mayJoin(group)) {
                    lacking.add("read group " + group);
                }
            }
        } catch (ExecutionException e) {
            return CheckResult.fail(
                    CHECK, "they can't be asked for: " + KafkaChecks.text(e), "allow Describe on topics and groups");
        } catch (TimeoutException e) {
            return CheckResult.fail(CHECK, "no broker answered", "try again");
        }
        return lacking.isEmpty()
                ? CheckResult.ok(CHECK, "topics may be read and written, and groups joined")
                : CheckResult.fail(CHECK, "this user may not " + String.join(", ", lacking), ADVICE);
    }

    static Map<String, Set<AclOperation>> needs(Topics topics) {
        var needs = new LinkedHashMap<String, Set<AclOperation>>();
        topics.all().forEach(topic -> needs.put(topic, Set.of(AclOperation.WRITE)));
        topics.inputs().forEach(topic -> needs.put(topic, Set.of(AclOperation.READ)));
        List.of(topics.inbox(), topics.state())
                .forEach(topic -> needs.put(topic, Set.of(AclOperation.READ, AclOperation.WRITE)));
        return needs;
    }

    /** A broker that says nothing of rights has none to be lacked. */
    private static List<String> lacking(String of, Set<AclOperation> needed, @Nullable Set<AclOperation> allowed) {
        return allowed == null || allowed.isEmpty()
                ? List.of()
                : needed.stream()
                        .filter(operation -> !allowed.contains(operation))
                        .sorted()
                        .map(operation -> operation.name().toLowerCase(Locale.ROOT) + " " + of)
                        .toList();
    }

    private @Nullable Set<AclOperation> ofTopic(String topic)
            throws ExecutionException, InterruptedException, TimeoutException {
        try {
            var options = new DescribeTopicsOptions().includeAuthorizedOperations(true);
            var described = admin.describeTopics(List.of(topic), options).topicNameValues();
            return requireNonNull(described.get(topic))
                    .get(KafkaChecks.PATIENCE.toSeconds(), TimeUnit.SECONDS)
                    .authorizedOperations();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return Set.of(); // the check of the topics says so
            }
            throw e;
        }
    }

    /**
     * The brokers tell nothing of a group that nobody has joined yet. An offset of a topic that isn't there is refused in any
     * case; but first, and for that reason, if the group may not be read.
     */
    private boolean mayJoin(String group) throws InterruptedException, TimeoutException {
        var nowhere = new TopicPartition("freshet-doctor-" + UUID.randomUUID(), 0);
        try {
            admin.alterConsumerGroupOffsets(group, Map.of(nowhere, new OffsetAndMetadata(0)))
                    .all()
                    .get(KafkaChecks.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            return !(e.getCause() instanceof GroupAuthorizationException);
        }
    }
}
