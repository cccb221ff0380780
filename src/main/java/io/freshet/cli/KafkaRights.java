package io.freshet.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String ADVICE = "allow it: see docs/install.md";

    CheckResult result() throws InterruptedException {
        var needs = new KafkaNeeds(settings.topics(), settings.overHttp());
        var lacking = new ArrayList<String>();
        var missed = new ArrayList<String>();
        try {
            var allowed = allowed();
            needs.always().forEach((topic, operations) -> operations.stream()
                    .filter(operation -> isLacking(allowed.get(topic), operation))
                    .sorted()
                    .forEach(operation -> lacking.add(words(operation) + " topic " + topic)));
            for (var group : settings.groups()) {
                if (!mayJoin(group)) {
                    lacking.add("read group " + group);
                }
            }
            needs.uses().stream()
                    .filter(use -> isLacking(allowed.get(use.topic()), use.operation()))
                    .forEach(use ->
                            missed.add("%s topic %s (%s)".formatted(words(use.operation()), use.topic(), use.what())));
        } catch (ExecutionException e) {
            return CheckResult.fail(
                    CHECK, "they can't be asked for: " + KafkaChecks.text(e), "allow Describe on topics and groups");
        } catch (TimeoutException e) {
            return CheckResult.fail(CHECK, "no broker answered", "try again");
        }
        return verdict(lacking, missed);
    }

    private static CheckResult verdict(List<String> lacking, List<String> missed) {
        if (lacking.isEmpty() && missed.isEmpty()) {
            return CheckResult.ok(CHECK, "topics may be read and written, and groups joined");
        }
        var what = "this user may not "
                + Stream.concat(lacking.stream(), missed.stream()).collect(Collectors.joining(", "));
        return lacking.isEmpty() ? CheckResult.warn(CHECK, what, ADVICE) : CheckResult.fail(CHECK, what, ADVICE);
    }

    /** A broker that says nothing of rights has none to be lacked. */
    private static boolean isLacking(@Nullable Set<AclOperation> allowed, AclOperation operation) {
        return allowed != null && !allowed.isEmpty() && !allowed.contains(operation);
    }

    private static String words(AclOperation operation) {
        return operation.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private Map<String, Set<AclOperation>> allowed() throws ExecutionException, InterruptedException, TimeoutException {
        var allowed = new HashMap<String, Set<AclOperation>>();
        for (var topic : settings.topics().all()) {
            var operations = ofTopic(topic);
            if (operations != null) {
                allowed.put(topic, operations);
            }
        }
        return allowed;
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
