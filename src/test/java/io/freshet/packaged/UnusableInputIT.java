package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Event;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Bad input is kept on the dead-letter topic, byte for byte; the good input around it goes through. */
class UnusableInputIT {

    private static final String GOOD = "{\"data_source\": \"%s\"}";
    private static final String SPACE = "59ace0000001";

    /** What is sent, and the code that it must come back with. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Bad(byte @Nullable [] value, Map<String, String> headers, String code) {
        Bad(String value, String code) {
            this(value.getBytes(StandardCharsets.UTF_8), Map.of(), code);
        }
    }

    private static List<Bad> all() {
        var bad = new ArrayList<>(List.of(
                new Bad("no JSON at all", "not_json"),
                new Bad("[1, 2]", "not_json"),
                new Bad("{\"data_source\": \"50acce0f0000\"", "not_json"),
                new Bad("{}", "not_a_change"),
                new Bad("{\"data_source\": \"50acce0f0000\", \"space\": \"59ace0000001\"}", "not_a_change"),
                new Bad("{\"data_source\": 7}", "not_a_change"),
                new Bad("{\"datasets\": []}", "not_a_change"),
                new Bad("{\"data_source\": \"../runs\"}", "bad_token"),
                new Bad("{\"data_source\": \"50acce0f0000\", \"account\": \"strangers\"}", "unknown_account"),
                new Bad("{\"data_source\": \"50acce0f0000\", \"changed_at\": \"yesterday\"}", "not_a_change"),
                new Bad("{\"data_source\": \"ffffffffffff\"}", "data_source_not_found"),
                new Bad("{\"space\": \"ffffffffffff\"}", "space_not_found"),
                new Bad("{\"datasets\": [\"ffffffffffff\"]}", "dataset_not_found")));
        bad.add(new Bad(null, Map.of(), "not_json"));
        bad.add(new Bad(
                "{\"data_source\": \"50acce0f0000\"}".getBytes(StandardCharsets.UTF_8),
                Map.of("ce_specversion", "1.0", "ce_id", "1", "ce_source", "/etl", "ce_type", "com.example.other"),
                "not_a_change"));
        bad.add(new Bad(
                "{\"data_source\": \"50acce0f0000\"}".getBytes(StandardCharsets.UTF_8),
                Map.of("ce_specversion", "1.0"),
                "not_a_change"));
        bad.add(new Bad(largest(), Map.of("trace", "kept"), "not_json"));
        return bad;
    }

    /** About what a broker takes by default, and no compression makes it smaller. */
    private static byte[] largest() {
        var bytes = new byte[1_048_588 - 200];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    @Test
    void shouldKeepUnusableInputAndDoTheGoodBetween() {
        try (var scene = Scene.open(Prompt.MODE)) {
            var bad = all();
            fill(scene, bad.size());
            scene.start(Prompt.SETTINGS);

            send(scene, bad);

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(bad.size()));
            scene.eventually(() -> assertThat(deadLetters(scene)).hasSize(bad.size()));
            var letters = deadLetters(scene);
            for (var n = 0; n < bad.size(); n++) {
                assertThat(letters).containsKey("bad-" + n);
                assertKept(bad.get(n), Objects.requireNonNull(letters.get("bad-" + n)), scene);
            }
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
        }
    }

    /** A dead letter keeps the headers as they came, and the topic for them may take less than the one that they came by. */
    @Test
    void shouldKeepThePlaceOfARecordWhoseHeadersFitNowhere() {
        try (var scene = Scene.open(Prompt.MODE)) {
            scene.topics().create("upstream-data-changed", 1, Map.of("max.message.bytes", "2097152"));
            scene.topics().create("upstream-data-changed-dlq", 1);
            fill(scene, 1);
            scene.start(Prompt.SETTINGS);
            var record = new ProducerRecord<byte[], byte[]>(
                    scene.topics().name("upstream-data-changed"), "{".getBytes(StandardCharsets.UTF_8));
            var header = new byte[1_200_000];
            new Random(7).nextBytes(header);
            record.headers().add("trace", header);

            scene.topics().flush(List.of(scene.topics().send(record)));
            scene.change(GOOD.formatted("50acce0f0000"));

            scene.eventually(() -> assertThat(scene.events("run-finished")).hasSize(1));
            scene.eventually(() ->
                    assertThat(scene.topics().read("upstream-data-changed-dlq")).hasSize(1));
            var letter = scene.topics().read("upstream-data-changed-dlq").get(0);
            assertThat(Event.header(letter, "dead-letter-code")).isEqualTo("too_large");
            assertThat(Event.header(letter, "dead-letter-offset")).isEqualTo("0");
        }
    }

    private static void fill(Scene scene, int sources) {
        var workspace = scene.sandbox().workspace();
        workspace.addSpace(SPACE, "Sales");
        for (var n = 0; n < sources; n++) {
            var source = "50acce0f%04d".formatted(n);
            workspace.addDataSource(source, "Source " + n);
            workspace.addDataset("da7a5e70%04d".formatted(n), "Dataset " + n, source, SPACE);
            workspace.addReport("4e904700%04d".formatted(n), "Report " + n, SPACE, "da7a5e70%04d".formatted(n));
        }
    }

    private static void send(Scene scene, List<Bad> bad) {
        var topic = scene.topics().name("upstream-data-changed");
        var sent = new ArrayList<Future<?>>();
        for (var n = 0; n < bad.size(); n++) {
            var key = ("bad-" + n).getBytes(StandardCharsets.UTF_8);
            var record = new ProducerRecord<>(topic, 0, key, bad.get(n).value());
            bad.get(n).headers().forEach((name, value) -> record.headers()
                    .add(name, value.getBytes(StandardCharsets.UTF_8)));
            var good = GOOD.formatted("50acce0f%04d".formatted(n)).getBytes(StandardCharsets.UTF_8);
            sent.add(scene.topics().send(record));
            sent.add(scene.topics().send(new ProducerRecord<>(topic, 0, null, good)));
        }
        scene.topics().flush(sent);
    }

    private static Map<String, ConsumerRecord<byte[], byte[]>> deadLetters(Scene scene) {
        var letters = new LinkedHashMap<String, ConsumerRecord<byte[], byte[]>>();
        for (var letter : scene.topics().read("upstream-data-changed-dlq")) {
            assertThat(letters.put(new String(letter.key(), StandardCharsets.UTF_8), letter))
                    .isNull();
        }
        return letters;
    }

    private static void assertKept(Bad bad, ConsumerRecord<byte[], byte[]> letter, Scene scene) {
        assertThat(letter.value()).isEqualTo(bad.value());
        assertThat(Event.header(letter, "dead-letter-code")).isEqualTo(bad.code());
        assertThat(Event.header(letter, "dead-letter-reason")).hasSizeGreaterThan(20);
        assertThat(Event.header(letter, "dead-letter-topic"))
                .isEqualTo(scene.topics().name("upstream-data-changed"));
        assertThat(Event.header(letter, "dead-letter-partition")).isEqualTo("0");
        assertThat(Event.header(letter, "dead-letter-offset")).matches("\\d+");
        assertThat(letter.headers())
                .extracting(Header::key)
                .containsAll(bad.headers().keySet());
    }
}
