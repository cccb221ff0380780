package io.freshet.bench;

import io.freshet.testing.Scene;
import io.freshet.testing.TestKafka;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.StringDeserializer;

/** For each change: two calls to resolve it, and a POST. Nothing is saved but the offset, and nothing is looked after. */
final class BareConsumer implements AutoCloseable {

    private final Scene scene;
    private final KafkaConsumer<String, String> consumer;
    private final Thread thread = new Thread(this::run, "bare-consumer");
    private final AtomicInteger done = new AtomicInteger();

    BareConsumer(Scene scene) {
        this.scene = scene;
        var settings = new Properties();
        settings.put("bootstrap.servers", TestKafka.bootstrapServers());
        settings.put("group.id", scene.topics().name("bare"));
        settings.put("auto.offset.reset", "earliest");
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    void start() {
        scene.topics().create("upstream-data-changed", 6);
        consumer.subscribe(List.of(scene.topics().name("upstream-data-changed")));
        thread.start();
    }

    /** How many changes have been posted for, and their offsets committed. */
    int done() {
        return done.get();
    }

    private void run() {
        try (var bare = new Bare(scene);
                consumer) {
            while (true) {
                for (var record : consumer.poll(Duration.ofMillis(100))) {
                    refresh(bare, record);
                    done.incrementAndGet();
                }
            }
        } catch (WakeupException e) {
            // the end
        }
    }

    private void refresh(Bare bare, ConsumerRecord<String, String> change) {
        var number = change.value().replaceAll("\\D*50acce(\\d{6})\\D*", "$1");
        bare.get("data_sources/50acce" + number + "/datasets");
        bare.get("datasets/da7a5e" + number + "/reports");
        bare.post("4e9047" + number, "da7a5e" + number);
        consumer.commitSync();
    }

    @Override
    public void close() {
        consumer.wakeup();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
