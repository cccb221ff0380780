package io.freshet.ledger;

import static io.freshet.ledger.Entries.R1;
import static io.freshet.ledger.Entries.R2;
import static io.freshet.ledger.Entries.planned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.Subject;
import io.freshet.event.WorkspaceChanged;
import java.util.Arrays;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a key can't be read is told once, whoever owns its partition, and that it can be again, too. */
class QuarantinedKeysToldTest {

    private static final byte[] BROKEN = "{".getBytes(UTF_8);

    private final CommittedStore store = new CommittedStore();

    @BeforeEach
    void plan() {
        store.open("a");
        store.commit(planned("acme", "a", R1, R2));
    }

    /** As the next owner reads it, with some records that somebody has broken. */
    private RestoredPartition imageWithout(Set<String> broken) {
        var image = new PartitionImage();
        store.records()
                .forEach(record ->
                        image.enter(broken.contains(new String(record.key(), UTF_8)) ? broken(record) : record));
        return image.restored(1);
    }

    private static ConsumerRecord<byte[], byte[]> broken(ConsumerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.key(), BROKEN);
    }

    private void restart(String... broken) {
        store.commit(store.restart(imageWithout(Set.copyOf(Arrays.asList(broken)))));
    }

    @Test
    void shouldTellOncePerKeyOverAllRestarts() {
        restart("acme/reports/r1");
        restart("acme/reports/r1");
        restart("acme/reports/r1", "acme/reports/r2");

        assertThat(store.toldOfWorkspaces()).map(WorkspaceChanged::what).containsOnly("quarantined");
        assertThat(store.toldOfWorkspaces())
                .map(told -> told.subject().map(Subject::token).orElse(""))
                .containsExactly("acme/reports/r1", "acme/reports/r2");
        assertThat(store.toldOfWorkspaces().get(0).why()).contains("docs/runbook.md");
    }

    @Test
    void shouldTellThatItIsOverAndTellAnewWhatComesAgain() {
        restart("acme/reports/r1");
        restart();
        restart("acme/reports/r1");

        assertThat(store.toldOfWorkspaces())
                .map(WorkspaceChanged::what)
                .containsExactly("quarantined", "cleared", "quarantined");
    }

    @Test
    void shouldNotQuarantineWhatItHasToldOfIt() {
        restart("acme/reports/r1");

        var image = imageWithout(Set.of("acme/reports/r1", "acme/facts/quarantined:key:acme/reports/r1"));

        assertThat(image.quarantined()).containsExactly("acme/reports/r1");
        store.commit(store.restart(image));
        assertThat(store.toldOfWorkspaces()).hasSize(1);
    }
}
