package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.BatchCodecs;
import io.freshet.testing.Event;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import io.freshet.testing.TestKafka;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Test;

/**
 * Writers choose how their records are compressed, and nobody asks Freshet: a codec that it couldn't read would hold up
 * all that comes after. Two of them need a library of the platform, which a native executable carries along. What Freshet
 * writes is compressed in a way that every reader knows.
 */
class CompressedInputIT {

    private static final String SPACE = "59ace0000001";

    /** What Freshet has written there after changes that went well, and one that was no use. */
    private static final List<String> TOLD =
            List.of("change-planned", "change-settled", "run-accepted", "run-finished", "upstream-data-changed-dlq");

    @Test
    void shouldReadChangesWithWhateverTheyAreCompressed() {
        try (var scene = Scene.open(Prompt.MODE)) {
            var codecs = List.of(CompressionType.values());
            codecs.forEach(codec -> fill(scene, codec));
            scene.start(Prompt.SETTINGS);

            codecs.forEach(codec -> send(scene, codec));

            scene.eventually(() -> assertThat(finished(scene))
                    .containsExactlyInAnyOrderElementsOf(
                            codecs.stream().map(codec -> report(codec)).toList()));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());

            scene.change("no change at all");
            scene.eventually(() ->
                    assertThat(scene.topics().read("upstream-data-changed-dlq")).hasSize(1));
            for (var topic : TOLD) {
                assertThat(written(scene, topic)).as(topic).containsExactly("gzip");
            }
        }
    }

    /** What lies there as the broker gives it out. */
    private static Set<String> written(Scene scene, String topic) {
        return scene.read(topic).stream()
                .map(record -> new TopicPartition(record.topic(), record.partition()))
                .distinct()
                .flatMap(partition -> BatchCodecs.of(TestKafka.bootstrapServers(), partition).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static void fill(Scene scene, CompressionType codec) {
        var workspace = scene.sandbox().workspace();
        workspace.addSpace(SPACE, "Sales");
        workspace.addDataSource(source(codec), codec.name);
        workspace.addDataset("da7a5e70000" + codec.id, codec.name, source(codec), SPACE);
        workspace.addReport(report(codec), codec.name, SPACE, "da7a5e70000" + codec.id);
    }

    private static String source(CompressionType codec) {
        return "50acce0f000" + codec.id;
    }

    private static String report(CompressionType codec) {
        return "4e904700000" + codec.id;
    }

    /** Long enough to be worth compressing. */
    private static void send(Scene scene, CompressionType codec) {
        var change = "{\"data_source\": \"%s\", \"reason\": \"%s\"}".formatted(source(codec), "once more ".repeat(100));
        var record = new ProducerRecord<byte[], byte[]>(
                scene.topics().name("upstream-data-changed"), change.getBytes(StandardCharsets.UTF_8));
        scene.topics().send(record, Map.of(ProducerConfig.COMPRESSION_TYPE_CONFIG, codec.name));
    }

    private static List<String> finished(Scene scene) {
        return scene.events("run-finished").stream().map(Event::report).toList();
    }
}
