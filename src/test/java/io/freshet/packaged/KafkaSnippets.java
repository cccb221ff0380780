package io.freshet.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.Scene;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** What the snippets with Kafka's own tools find on the test's broker, and what must have come of them. */
final class KafkaSnippets {

    /** The one that the runbook speaks of, and that the topics of {@link SnippetsIT} therefore have. */
    static final int PARTITION = 3;

    private static final Map<String, String> ENVELOPE = Map.of(
            "ce_specversion", "1.0",
            "ce_type", "io.freshet.data-changed.v1",
            "ce_source", "/etl/nightly",
            "ce_id", "mistyped",
            "content-type", "application/json");

    private static final Pattern NAME =
            Pattern.compile("(-t |--(?:topic|group|transactional-id|entity-name) )([a-z][a-z-]+)");
    /** Freshet adds them behind the others. */
    private static final Pattern OF_DEAD_LETTERS = Pattern.compile(",dead-letter-[^\\t]*");

    private final Scene scene;
    private final Path letter;
    private @Nullable KafkaProducer<byte[], byte[]> hangs;
    private long hangsAt;

    /** For which the page has what the snippets print, by a part of them. */
    private final Map<String, Consumer<String>> promises = Map.of(
            "--topic run-finished",
                    said -> assertThat(said)
                            .contains("ce_type:io.freshet.run-finished.v1", "\"outcome\":\"succeeded\""),
            "load-17", said -> awaitSettled("load-17"),
            "< letter.txt", said -> awaitSettled("mistyped"),
            "describe-producers",
                    said -> assertThat(said)
                            .containsPattern("\\t%d *\\t?\\n".formatted(hangsAt))
                            .contains("etl-nightly", "Ongoing"),
            "$T abort", said -> awaitBehindTheTransaction(),
            "--describe --group", said -> assertThat(said).contains("LAG", "upstream-data-changed"),
            "--reset-offsets", said -> assertThat(said).containsPattern("upstream-data-changed +3 +1 "),
            "-Z", said -> assertThatTheKeyIsTakenOut());

    /** @param letter stands in for the page's {@code letter.txt} */
    KafkaSnippets(Scene scene, Path letter) {
        this.scene = scene;
        this.letter = letter;
    }

    /** What is there from the beginning: a dead letter, a record to be passed by, and a topic that no replica reads. */
    void prepare() {
        scene.change("mistyped", "{\"data_source\": \"843786b025e5!\"}", ENVELOPE);
        scene.topics().create("stopped", PARTITION + 1);
        scene.topics()
                .send(
                        new ProducerRecord<>(
                                scene.topics().name("upstream-data-changed"), PARTITION, null, "[]".getBytes(UTF_8)),
                        Map.of());
        scene.eventually(
                () -> assertThat(scene.read("upstream-data-changed-dlq")).hasSize(2));
    }

    /** The names of the test, and the places at which it has what the page speaks of. */
    String here(String text) {
        var dead = deadLetter();
        return NAME.matcher(whereNobodyReads(text))
                .replaceAll(name -> name.group(1) + scene.topics().name(name.group(2)))
                .replace(
                        "for group in freshet freshet-owners",
                        "for group in %s %s"
                                .formatted(
                                        scene.topics().name("freshet"),
                                        scene.topics().name("freshet-owners")))
                .replace(
                        "--partition 2 --offset 17",
                        "--partition %d --offset %d".formatted(dead.partition(), dead.offset()))
                .replace("--start-offset 4711", "--start-offset " + hangsAt)
                .replace("--to-offset 4712", "--to-offset 1")
                .replace("letter.txt", letter.toString())
                .replace("--from-beginning --property", "--from-beginning --timeout-ms 3000 --property")
                .replace("--timeout-ms 10000", "--timeout-ms 3000");
    }

    /** What the page says to do only while all replicas are stopped. */
    private static String whereNobodyReads(String text) {
        return text.contains("--reset-offsets")
                ? text.replace("--group freshet", "--group stopped")
                : text.replace("-t freshet-state", "-t stopped");
    }

    private ConsumerRecord<byte[], byte[]> deadLetter() {
        return scene.read("upstream-data-changed-dlq").stream()
                .filter(record -> record.key() != null && new String(record.key(), UTF_8).equals("mistyped"))
                .findFirst()
                .orElseThrow();
    }

    void before(String text) throws ExecutionException, InterruptedException, IOException {
        if (text.contains("$T ")) {
            hang();
        }
        if (text.contains("< letter.txt")) {
            correct(letter);
        }
    }

    private void hang() throws ExecutionException, InterruptedException {
        var settings = Map.<String, Object>of(
                "bootstrap.servers",
                Objects.requireNonNull(scene.topics().settings().get("kafka.bootstrap.servers")),
                "transactional.id",
                scene.topics().name("etl-nightly"));
        var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        hangs = producer;
        producer.initTransactions();
        producer.beginTransaction();
        hangsAt = producer.send(new ProducerRecord<>(
                        scene.topics().name("upstream-data-changed"), PARTITION, null, "{}".getBytes(UTF_8)))
                .get()
                .offset();
    }

    /** As the runbook says between the two commands. */
    private static void correct(Path file) throws IOException {
        var letter = Files.readString(file);
        assertThat(letter).hasLineCount(1).contains("dead-letter-code:bad_token");
        Files.writeString(
                file, OF_DEAD_LETTERS.matcher(letter).replaceFirst("").replace("843786b025e5!", "843786b025e5"));
    }

    /** @param said what the snippet printed */
    void after(String text, String said) {
        promises.forEach((part, kept) -> {
            if (text.contains(part)) {
                kept.accept(said);
            }
        });
        goOn();
    }

    private void awaitSettled(String id) {
        scene.eventually(() -> assertThat(scene.events("change-settled"))
                .anyMatch(event -> event.data().at("/change/id").asText().equals(id)));
    }

    private void assertThatTheKeyIsTakenOut() {
        assertThat(scene.read("stopped")).singleElement().satisfies(record -> {
            assertThat(new String(record.key(), UTF_8)).startsWith("acme/");
            assertThat(record.value()).isNull();
        });
    }

    /** A record behind it is read, and what it wrote isn't seen by anybody. */
    private void awaitBehindTheTransaction() {
        scene.topics()
                .send(
                        new ProducerRecord<>(
                                scene.topics().name("upstream-data-changed"), PARTITION, null, "[2]".getBytes(UTF_8)),
                        Map.of());
        scene.eventually(() -> assertThat(scene.read("upstream-data-changed-dlq").stream()
                        .map(record -> new String(record.value(), UTF_8)))
                .contains("[2]")
                .doesNotContain("{}"));
    }

    private void goOn() {
        var producer = hangs;
        hangs = null;
        if (producer != null) {
            producer.close(Duration.ZERO);
        }
    }
}
