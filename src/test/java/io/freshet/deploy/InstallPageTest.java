package io.freshet.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.InstallPage;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The commands of docs/install.md make the topics and grant the rights that the chart does. */
class InstallPageTest {

    private static final Pattern CONFIG = Pattern.compile("--config ([\\w.]+)=(\\S+)");
    private static final Pattern OPERATION = Pattern.compile("--operation (\\w+)");
    private static final Pattern RESOURCE = Pattern.compile("--(topic|group|transactional-id) (\\S+)");
    /** Of the broker: how large, and how many copies. */
    private static final Set<String> OF_THE_CLUSTER = Set.of("retention.ms", "min.insync.replicas");

    private final Manifests everything = Manifests.rendered("everything.yaml");

    @Test
    void shouldMakeTheTopicsOfTheChart() throws Exception {
        var made = new TreeMap<String, Map<String, String>>();
        for (var call : InstallPage.calls("kafka-topics.sh")) {
            made.put(group(call, "--topic (\\S+)"), configs(call, group(call, "--partitions (\\d+)")));
        }
        var ofChart = new TreeMap<String, Map<String, String>>();
        everything.ofKind("KafkaTopic").forEach(topic -> {
            var configs = new HashMap<String, String>();
            topic.at("/spec/config")
                    .properties()
                    .forEach(config ->
                            configs.put(config.getKey(), config.getValue().asText()));
            configs.keySet().removeAll(OF_THE_CLUSTER);
            configs.put("partitions", topic.at("/spec/partitions").asText());
            ofChart.put(topic.at("/spec/topicName").asText(), configs);
        });

        // What others write there is theirs to make.
        ofChart.remove("openlineage");
        assertThat(made).isEqualTo(ofChart);
    }

    private static Map<String, String> configs(String call, String partitions) {
        var configs = new HashMap<String, String>(Map.of("partitions", partitions));
        CONFIG.matcher(call).results().forEach(config -> configs.put(config.group(1), config.group(2)));
        return configs;
    }

    private static String group(String text, String pattern) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }

    /** Describe comes with the others. The chart's example also lets producers write over HTTP. */
    @Test
    void shouldGrantTheRightsOfTheChart() throws Exception {
        var granted = new TreeMap<String, Set<String>>();
        for (var call : InstallPage.calls("kafka-acls.sh")) {
            var resource = RESOURCE.matcher(call).results().findFirst().orElseThrow();
            granted.computeIfAbsent(resource.group(1) + " " + resource.group(2), first -> new TreeSet<>())
                    .addAll(OPERATION
                            .matcher(call)
                            .results()
                            .map(one -> one.group(1))
                            .toList());
        }
        var ofChart = new TreeMap<String, Set<String>>();
        Manifests.each(everything.one("KafkaUser").at("/spec/authorization/acls"))
                .forEach(acl -> {
                    var type = acl.at("/resource/type").asText().replace("transactionalId", "transactional-id");
                    var operations = Manifests.each(acl.path("operations"))
                            .map(one -> one.asText())
                            .filter(one -> !one.equals("Describe"))
                            .collect(Collectors.toCollection(TreeSet::new));
                    ofChart.put(type + " " + acl.at("/resource/name").asText(), operations);
                });
        Set.of("topic upstream-data-changed", "topic openlineage")
                .forEach(topic -> Objects.requireNonNull(ofChart.get(topic)).remove("Write"));

        assertThat(granted).isEqualTo(ofChart);
    }
}
