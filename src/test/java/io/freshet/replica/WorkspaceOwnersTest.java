package io.freshet.replica;

import static io.freshet.replica.ReplicaWiring.owner;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.freshet.event.WorkspacePartitions;
import io.freshet.testing.SettableClock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class WorkspaceOwnersTest {

    private static final WorkspacePartitions PARTITIONS = new WorkspacePartitions(4);
    private static final WorkspaceOwner ONE = owner("http://10.0.0.1:8080");
    private static final WorkspaceOwner OTHER = owner("http://10.0.0.2:8080");

    private final SettableClock clock = new SettableClock();
    private CompletionStage<Map<Integer, WorkspaceOwner>> brokers = said(Map.of());
    private int asked;
    private final WorkspaceOwners owners = new WorkspaceOwners(this::ask, PARTITIONS, clock);

    private CompletionStage<Map<Integer, WorkspaceOwner>> ask() {
        asked++;
        return brokers;
    }

    private static CompletionStage<Map<Integer, WorkspaceOwner>> said(Map<Integer, WorkspaceOwner> owners) {
        return CompletableFuture.completedStage(owners);
    }

    private Optional<WorkspaceOwner> find() {
        return owners.of("acme").await().atMost(Duration.ofSeconds(1));
    }

    @Test
    void shouldNameWhoHasThePartitionOfTheWorkspace() {
        var partition = PARTITIONS.of("acme");
        brokers = said(Map.of(partition, ONE, (partition + 1) % 4, OTHER));

        assertThat(find()).contains(ONE);
    }

    @Test
    void shouldNameNobodyWhileThePartitionIsNobodys() {
        brokers = said(Map.of((PARTITIONS.of("acme") + 1) % 4, OTHER));

        assertThat(find()).isEmpty();
    }

    @Test
    void shouldAskTheBrokersOnceASecond() {
        brokers = said(Map.of(PARTITIONS.of("acme"), ONE));
        find();
        brokers = said(Map.of(PARTITIONS.of("acme"), OTHER));

        clock.advance(Duration.ofMillis(999));
        var known = find();
        clock.advance(Duration.ofMillis(1));
        var news = find();

        assertThat(known).contains(ONE);
        assertThat(news).contains(OTHER);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void shouldSayThatNoBrokerAnswers() {
        brokers = CompletableFuture.failedStage(new IllegalStateException("away"));

        assertThatThrownBy(this::find).hasMessage("away");
    }
}
