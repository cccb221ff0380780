package io.freshet.simulation;

import io.freshet.catalog.CatalogWiring;
import io.freshet.event.InboundRecord;
import io.freshet.event.RecordPlace;
import io.freshet.intake.IntakeWiring;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.ledger.LedgerWiring;
import io.freshet.ledger.WorkspaceFacts;
import io.freshet.mode.ModeWiring;
import io.freshet.replica.ReplicaWiring;
import io.freshet.run.RunWiring;
import io.freshet.state.TrackingPolicy;
import io.freshet.telemetry.Observers;
import io.freshet.workspace.WorkspaceWiring;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** The application, wired as CDI wires it, but for the clocks, threads, topics and wire that it gets. */
final class Replica implements SimulatedOwners.Consumer {

    static final TrackingPolicy PACE = new TrackingPolicy(
            Duration.ofSeconds(2),
            Duration.ofSeconds(20),
            Duration.ofMinutes(20),
            Duration.ofSeconds(5),
            ModeWiring.READ_TIMEOUT,
            Duration.ofSeconds(10),
            Duration.ofMinutes(5),
            10,
            Duration.ofHours(1));
    private static final int MOST_POLLED = 500;

    private final World world;
    private final Machine machine;
    private final Ledger ledger;
    private final Threads writer;
    private final RunWiring run;
    private final IntakeWiring intake;
    /** What the consumer of the inbox doesn't read for now. */
    private Set<Integer> held = Set.of();
    /** What it was told last not to read: it may be told twice before it acts. */
    private Set<Integer> toBeHeld = Set.of();
    /** What the consumer of the inbox reads next. */
    private final Map<Integer, Long> positions = new TreeMap<>();

    Replica(World world) {
        this.world = world;
        var time = world.time();
        var isFarAhead = time.chance(0.1);
        this.machine = new Machine(
                time,
                isFarAhead ? time.between(Duration.ofHours(4), Duration.ofHours(9)) : time.millis(-60_000, 60_000));
        var clocks = machine.clocks();
        var clock = clocks.steady();
        var threads = machine.threads(Duration.ofMillis(20));
        var metrics = new ShakyMetrics(world.trouble());
        var names = SimulatedTopics.NAMES;
        var workspaces = WorkspaceWiring.workspaces(
                world.accounts(),
                world.requests(),
                World.PERIOD,
                world.datasetsFirst(),
                world.precision(),
                world.runs());
        var objectives = WorkspaceWiring.objectives(workspaces, List.of("source1"), world.within());
        var presentation = WorkspaceWiring.presentation(workspaces);
        var observers = Observers.of(metrics, presentation, clock);
        var modes = ModeWiring.modes(
                workspaces,
                clocks,
                threads,
                threads,
                new Random(time.random().nextLong()),
                metrics,
                request -> world.mode(request.account()).wire().send(machine, request));
        var facts = new WorkspaceFacts();
        var version = LedgerWiring.version();
        this.writer = machine.threads(Duration.ofMillis(40));
        this.ledger = LedgerWiring.ledger(
                world.transactions().logOf(machine),
                names,
                world.partitions(),
                presentation,
                time.chance(0.5) ? 5 : 1_000,
                version,
                PACE,
                clock,
                threads,
                threads,
                writer);
        var membership = ReplicaWiring.membership(
                world.owners().askedBy(machine),
                SimulatedOwners.SESSION,
                SimulatedOwners.HEARTBEAT,
                modes,
                clocks,
                threads);
        this.intake = new IntakeWiring(
                WorkspaceWiring.accounts(workspaces), names, world.partitions(), observers, clock, threads, this::send);
        var sql = CatalogWiring.sql(RunWiring.sqlStore(ledger), clock, threads);
        this.run = new RunWiring(
                ledger,
                version,
                modes,
                workspaces,
                world.partitions(),
                names,
                membership,
                CatalogWiring.catalog(modes, workspaces, facts::learntSources, sql, clock, threads, threads),
                sql,
                facts,
                objectives,
                CatalogWiring.objectives(objectives, modes, clock),
                presentation,
                CatalogWiring.lastRuns(modes, clock, threads),
                CatalogWiring.dataSources(modes, clock),
                observers,
                intake.deadLetters(),
                this::originals,
                PACE,
                world.quiet(),
                time.chance(0.5) ? 40 : 100_000,
                this::hold,
                clocks,
                threads);
        membership.watch();
        ledger.open(world.partitions(), new ShakyListener(run.driver(), world.trouble()));
        world.owners().join(this);
        world.intakeGroup().join(this);
        pollInbox();
        pollPublic();
    }

    @Override
    public Machine machine() {
        return machine;
    }

    /** As if a commit took so long. */
    void writesNothingFor(Duration length) {
        writer.busyFor(length);
    }

    void kill() {
        machine.kill();
        world.intakeGroup().leave(this);
    }

    /** In order: what is under way may end. */
    private void hold(Set<Integer> partitions) {
        toBeHeld = Set.copyOf(partitions);
        machine.after(world.time().millis(0, 50), () -> held = toBeHeld);
    }

    /** As if somebody had asked it over HTTP. */
    void enter(LedgerEntry entry) {
        machine.after(
                Duration.ZERO, () -> ledger.enter(List.of(entry)).subscribe().with(done -> {}, failure -> {}));
    }

    void stop() {
        world.intakeGroup().leave(this);
        run.driver()
                .finish()
                .chain(() -> ledger.close(run.driver().owned()))
                .subscribe()
                .with(done -> {
                    world.owners().leave(this);
                    machine.kill();
                });
    }

    @Override
    public CompletionStage<Void> revoked(Set<Integer> partitions, ConsumerGroupMetadata group) {
        positions.keySet().removeAll(partitions);
        return LedgerWiring.revoked(ledger, partitions, group).subscribeAsCompletionStage();
    }

    @Override
    public void assigned(Set<Integer> partitions, ConsumerGroupMetadata group) {
        partitions.forEach(one -> positions.put(one, world.transactions().position(one)));
        LedgerWiring.assigned(ledger, partitions, group);
    }

    private void pollInbox() {
        var again = world.time().millis(5, 120);
        run.read(polled()).subscribe().with(done -> machine.after(again, this::pollInbox));
    }

    private ConsumerRecords<byte[], byte[]> polled() {
        var found = new HashMap<TopicPartition, List<ConsumerRecord<byte[], byte[]>>>();
        var topic = SimulatedTopics.NAMES.inbox();
        if (!world.trouble().isKafkaAway()) {
            positions.replaceAll((partition, position) -> {
                var log = world.topics().partition(topic, partition);
                var to = Math.min(log.size(), position + MOST_POLLED);
                if (held.contains(partition)) {
                    return position;
                }
                if (to > position) {
                    found.put(
                            new TopicPartition(topic, partition),
                            new ArrayList<>(log.subList((int) (long) position, (int) to)));
                }
                return Math.max(to, position);
            });
        }
        return new ConsumerRecords<>(found, Map.of());
    }

    private void pollPublic() {
        var next = world.intakeGroup().next(this);
        if (next.isEmpty()) {
            machine.after(world.time().millis(20, 300), this::pollPublic);
            return;
        }
        var acknowledged = next.get().acknowledge();
        intake.take(next.get().record(), () -> {
                    acknowledged.run();
                    return CompletableFuture.completedStage(null);
                })
                .subscribe()
                .with(room -> machine.after(Duration.ofNanos(50_000), this::pollPublic));
    }

    /** Without a transaction: it may arrive, and nobody hear of it. */
    private Uni<Void> send(ProducerRecord<byte[], byte[]> record) {
        return Uni.createFrom().emitter(sent -> {
            if (record.value() != null && record.value().length > world.largest(record.topic())) {
                machine.after(world.time().millis(1, 10), () -> sent.fail(new RecordTooLargeException("too large")));
                return;
            }
            var fails = world.trouble().sendFails();
            var isLost = fails && world.time().chance(0.5);
            world.time().after(world.time().millis(1, 20), () -> {
                if (!isLost) {
                    world.topics().append(record);
                }
                machine.after(world.time().millis(1, 20), () -> {
                    if (fails) {
                        sent.fail(new KafkaException("nobody answers"));
                    } else {
                        sent.complete(null);
                    }
                });
            });
        });
    }

    private Uni<Map<RecordPlace, Optional<InboundRecord>>> originals(List<RecordPlace> places) {
        return Uni.createFrom()
                .emitter(read -> machine.after(world.time().millis(5, 300), () -> {
                    if (world.trouble().sendFails()) {
                        read.fail(new KafkaException("nobody answers"));
                        return;
                    }
                    var found = new LinkedHashMap<RecordPlace, Optional<InboundRecord>>();
                    places.forEach(place -> found.put(
                            place,
                            Optional.of(InboundRecord.of(world.topics()
                                    .partition(place.topic(), place.partition())
                                    .get((int) place.offset())))));
                    read.complete(found);
                }));
    }
}
