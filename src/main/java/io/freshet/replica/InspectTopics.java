package io.freshet.replica;

import io.freshet.event.Topics;
import io.freshet.ledger.StateLayout;
import io.quarkus.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/** The check of the start, for whoever only looks: nothing is created, nothing is saved. */
public final class InspectTopics {

    private final Map<String, Object> kafka;
    private final Topics topics;
    private final TopicAdmin cluster;

    public InspectTopics(Map<String, Object> kafka, Admin admin, Topics topics) {
        this.kafka = Map.copyOf(kafka);
        this.topics = topics;
        this.cluster = new TopicAdmin(kafka, () -> admin);
    }

    /**
     * Blocks.
     *
     * @return those that aren't there, which the first start creates
     * @throws ConfigurationException that says what is wrong, and what to do
     */
    public List<String> look() {
        var rules = new TopicRules(topics);
        rules.names();
        var found = cluster.partitions(topics.all());
        var missing = new MissingTopics(topics, found);
        if (!missing.names().isEmpty() && !topics.create()) {
            throw rules.missing(missing, cluster);
        }
        if (!found.containsKey(topics.state())) {
            return missing.names();
        }
        if (found.containsKey(topics.inbox())) {
            rules.layout(rules.twins(found), () -> new StateLayout(kafka, topics).saved());
        }
        rules.memory(cluster);
        return missing.names();
    }
}
