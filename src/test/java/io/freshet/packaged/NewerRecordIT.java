package io.freshet.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.WorkspacePartitions;
import io.freshet.testing.Scene;
import io.freshet.testing.TestKafka;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What only a later version may read is left to one: an older replica gives its workspaces up, and says why. */
class NewerRecordIT {

    @Test
    void shouldLeaveTheOwnersGroupAndSayWhy() throws Exception {
        try (var scene = Scene.open();
                var admin = Admin.create(Map.of("bootstrap.servers", TestKafka.bootstrapServers()))) {
            var group = setting(scene, "mp.messaging.incoming.inbox.group.id");
            var partitions = Integer.parseInt(setting(scene, "freshet.topics.own-partitions"));
            var acme = new TopicPartition(
                    scene.topics().name("freshet-inbox"), new WorkspacePartitions(partitions).of("acme"));
            var application = scene.start();

            send(scene, acme, "{\"v\":3,\"min_reader\":3}");
            scene.eventually(() -> assertThat(members(admin, group)).isZero());
            scene.change("{\"data_source\": \"ffffffffffff\"}");
            scene.eventually(() -> assertThat(scene.topics().read("freshet-inbox"))
                    .as("intake goes on")
                    .hasSize(2));

            var ready = application.getManaged("/q/health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body())
                    .contains(acme + "@0 can't be read: it is for version 3 of the stored form and later");
            assertThat(application.getManaged("/q/health/live").statusCode()).isEqualTo(200);
            assertThat(application.lines().stream().filter(line -> line.contains("version=too_old")))
                    .hasSize(1);
            var committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var position = committed.get(acme);
            assertThat(position == null ? 0 : position.offset())
                    .as("nothing is passed")
                    .isZero();
            assertThat(scene.topics().read("upstream-data-changed-dlq")).isEmpty();
            assertThat(application.stop()).isEqualTo(143);
        }
    }

    private static String setting(Scene scene, String name) {
        return Objects.requireNonNull(scene.settings().get(name), name);
    }

    private static int members(Admin admin, String group) throws ExecutionException, InterruptedException {
        var found = admin.describeConsumerGroups(List.of(group)).all().get();
        return Objects.requireNonNull(found.get(group), group).members().size();
    }

    private static void send(Scene scene, TopicPartition to, String value) {
        var record = new ProducerRecord<>(
                to.topic(), to.partition(), "acme/changes/0123456789abcdef".getBytes(UTF_8), value.getBytes(UTF_8));
        scene.topics().flush(List.of(scene.topics().send(record)));
    }
}
