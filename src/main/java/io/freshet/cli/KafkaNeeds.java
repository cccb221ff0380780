package io.freshet.cli;

import io.freshet.event.Topics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;

/** What Freshet does with its topics, and so must be allowed to. docs/install.md has it as a table. */
record KafkaNeeds(Topics topics, OverHttp overHttp) {

    /** Something that goes without, but for one use of Freshet. */
    record Use(String topic, AclOperation operation, String what) {}

    /** Without any of these the start ends, or changes aren't taken, or nothing is told of them. */
    Map<String, Set<AclOperation>> always() {
        var needs = new LinkedHashMap<String, Set<AclOperation>>();
        topics.all().forEach(topic -> needs.put(topic, Set.of(AclOperation.WRITE)));
        topics.inputs().forEach(topic -> needs.put(topic, Set.of(AclOperation.READ)));
        needs.put(topics.inbox(), Set.of(AclOperation.READ, AclOperation.WRITE));
        needs.put(topics.state(), Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.DESCRIBE_CONFIGS));
        return needs;
    }

    /** What else somebody will miss, with these settings. */
    List<Use> uses() {
        var uses = new ArrayList<Use>();
        Stream.of(
                        topics.changePlanned(),
                        topics.runAccepted(),
                        topics.runFinished(),
                        topics.runRejected(),
                        topics.workspaceChanged())
                .forEach(topic -> uses.add(new Use(topic, AclOperation.READ, "for the page and the API")));
        if (overHttp.refreshes()) {
            uses.add(new Use(topics.refreshRequested(), AclOperation.WRITE, "to refresh a report over HTTP"));
            uses.add(new Use(topics.upstreamDataChangedDlq(), AclOperation.READ, "to redrive dead letters"));
        }
        if (overHttp.refreshes() || overHttp.sends()) {
            var what = overHttp.sends() ? "for changes over HTTP" : "to redrive dead letters";
            uses.add(new Use(topics.upstreamDataChanged(), AclOperation.WRITE, what));
        }
        if (overHttp.sends()) {
            topics.openlineage()
                    .ifPresent(topic -> uses.add(new Use(topic, AclOperation.WRITE, "for lineage over HTTP")));
        }
        return uses;
    }
}
