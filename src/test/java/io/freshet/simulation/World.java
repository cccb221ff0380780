package io.freshet.simulation;

import static java.util.Objects.requireNonNull;

import io.freshet.event.WorkspacePartitions;
import io.freshet.sandbox.Connection;
import io.freshet.sandbox.DatasetRuns;
import io.freshet.sandbox.LastRunsTold;
import io.freshet.sandbox.ReportRuns;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Kafka, Mode and the replicas between them. How large each is comes from the seed. */
final class World {

    static final String DEFINED = "select * from core.table2";
    static final Duration PERIOD = Duration.ofSeconds(10);
    private static final List<String> ACCOUNTS = List.of("acme", "globex", "initech", "hooli", "umbrella");

    private final VirtualTime time;
    private final Trouble trouble;
    private final SimulatedTopics topics;
    private final SimulatedOwners owners;
    private final SimulatedTransactions transactions;
    private final SimulatedIntakeGroup intakeGroup;
    private final WorkspacePartitions partitions;
    private final int requests;
    private final int largestInInbox;
    private final Duration quiet;
    private final String datasetsFirst;
    private final Duration within;
    private final String precision;
    private final Map<String, SimulatedMode> modes = new LinkedHashMap<>();
    private final List<Replica> replicas = new ArrayList<>();
    private String runs = "post";

    World(long seed) {
        this.time = new VirtualTime(seed);
        this.trouble = new Trouble(time);
        var random = time.random();
        this.partitions = new WorkspacePartitions(1 + random.nextInt(4));
        this.topics = new SimulatedTopics(time, 1 + random.nextInt(3), partitions.count());
        this.owners = new SimulatedOwners(time, trouble, partitions.count());
        this.transactions = new SimulatedTransactions(time, topics, trouble, owners);
        this.intakeGroup = new SimulatedIntakeGroup(time, topics);
        this.requests = 8 + random.nextInt(33);
        this.largestInInbox = time.chance(0.5) ? 1 << 20 : 25_000;
        this.quiet = Duration.ofMillis(random.nextInt(3_000));
        this.within = Duration.ofSeconds(3 + seed % 40);
        this.precision = seed % 2 == 0 ? "table" : "data-source";
        this.datasetsFirst = List.of("auto", "always", "always", "never").get(random.nextInt(4));
        var count = 1 + random.nextInt(ACCOUNTS.size());
        ACCOUNTS.subList(0, count).forEach(this::furnish);
        IntStream.range(0, 1 + random.nextInt(3)).forEach(n -> start());
    }

    /** One workspace, acme, as it is furnished, with one replica in calm weather. */
    World(long seed, String datasetsFirst, Consumer<SimulatedMode> furnishing) {
        this.time = new VirtualTime(seed);
        this.trouble = new Trouble(time);
        trouble.heal();
        this.partitions = new WorkspacePartitions(1);
        this.topics = new SimulatedTopics(time, 1, 1);
        this.owners = new SimulatedOwners(time, trouble, 1);
        this.transactions = new SimulatedTransactions(time, topics, trouble, owners);
        this.intakeGroup = new SimulatedIntakeGroup(time, topics);
        this.requests = 40;
        this.largestInInbox = 1 << 20;
        this.quiet = Duration.ofSeconds(2);
        this.within = Duration.ofHours(1);
        this.precision = "data-source";
        this.datasetsFirst = datasetsFirst;
        var mode = new SimulatedMode(time, trouble, ACCOUNTS.get(0), requests, PERIOD);
        furnishing.accept(mode);
        modes.put(ACCOUNTS.get(0), mode);
        start();
    }

    private void furnish(String account) {
        var mode = new SimulatedMode(time, trouble, account, requests, PERIOD);
        var workspace = mode.sandbox().workspace();
        var random = time.random();
        workspace.addDataSource("source1", "Warehouse");
        workspace.addDataSource("source2", "Events");
        List.of("source1", "source2")
                .forEach(source -> workspace.connect(
                        source, new Connection("postgresql", LineageProducers.host(account, source), 5432, "shop")));
        workspace.sql().define("defined", DEFINED);
        workspace.addSpace("space1", "Sales");
        workspace.addSpace("space2", "Care");
        var datasets = 2 + random.nextInt(4);
        for (var n = 1; n <= datasets; n++) {
            workspace.addDataset("dataset" + n, "Dataset", oneOf("source"), oneOf("space"));
            furnishRuns(workspace.datasetRuns(), "dataset" + n);
            workspace.sql().write("dataset" + n, sql(n));
        }
        mode.reportRuns(oneOf(ReportRuns.values()));
        var told = oneOf(LastRunsTold.values());
        // Where no listing shows a dataset's run, one whose POST nobody saw answered can't be found.
        var isUnseen = told == LastRunsTold.NOWHERE && datasetsFirst.equals("always");
        workspace.datasetRuns().lastRunsTold(isUnseen ? LastRunsTold.IN_ROWS : told);
        var reports = 1 + random.nextInt(random.nextInt(10) == 0 ? 60 : 8);
        for (var n = 1; n <= reports; n++) {
            var uses = IntStream.rangeClosed(1, datasets)
                    .filter(one -> random.nextInt(3) == 0)
                    .mapToObj(one -> "dataset" + one)
                    .toArray(String[]::new);
            workspace.addReport("report" + n, "Report", oneOf("space"), uses);
        }
        if (random.nextInt(4) == 0) {
            workspace.archiveReport("report1");
        }
        if (random.nextInt(4) == 0) {
            mode.forbid("report" + reports);
        }
        for (var n = 1; n <= datasets; n++) {
            if (random.nextInt(8) == 0) {
                workspace
                        .datasetRuns()
                        .refuse("dataset" + n, List.of(403, 404, 405).get(random.nextInt(3)));
            }
        }
        mode.sandbox().runClock().takes(time.millis(0, 3_000), time.millis(200, 20_000));
        for (var n = 1; n <= datasets; n++) {
            mode.sandbox().runClock().takes("dataset" + n, time.millis(0, 3_000), time.millis(200, 60_000));
        }
        modes.put(account, mode);
    }

    /** Each reads a table of its own, and some another one or who knows what besides. */
    String sql(int dataset) {
        return "select * from core.table" + dataset
                + List.of("", "", ", core.table1", ", {{ @defined }}", ", {{ any }}")
                        .get(dataset % 5);
    }

    private void furnishRuns(DatasetRuns runs, String dataset) {
        if (time.chance(0.8)) {
            runs.ranBefore(dataset, time.millis(900_000, 3_600_000));
        }
    }

    private <T> T oneOf(T[] all) {
        return all[time.random().nextInt(all.length)];
    }

    private String oneOf(String kind) {
        return kind + (1 + time.random().nextInt(2));
    }

    Replica start() {
        var replica = new Replica(this);
        replicas.add(replica);
        return replica;
    }

    VirtualTime time() {
        return time;
    }

    Trouble trouble() {
        return trouble;
    }

    SimulatedTopics topics() {
        return topics;
    }

    SimulatedOwners owners() {
        return owners;
    }

    SimulatedTransactions transactions() {
        return transactions;
    }

    SimulatedIntakeGroup intakeGroup() {
        return intakeGroup;
    }

    WorkspacePartitions partitions() {
        return partitions;
    }

    /** How many bytes a record of the topic may have. */
    int largest(String topic) {
        return topic.equals(SimulatedTopics.NAMES.inbox()) ? largestInInbox : 1 << 20;
    }

    int requests() {
        return requests;
    }

    Duration quiet() {
        return quiet;
    }

    /** Whether datasets are run before their reports, as it is set for every workspace. */
    String datasetsFirst() {
        return datasetsFirst;
    }

    /** Whether changes that name tables are for the datasets that mention them, in every workspace. */
    String precision() {
        return precision;
    }

    /** Whether replicas that start from now on post runs. */
    void runs(String postOrShadow) {
        runs = postOrShadow;
    }

    String runs() {
        return runs;
    }

    /** How old a change of the first data source may become, of each workspace. */
    Duration within() {
        return within;
    }

    Set<String> accounts() {
        return modes.keySet();
    }

    SimulatedMode mode(String account) {
        return requireNonNull(modes.get(account), account);
    }

    /** Those that have not come to their end, halted ones too. */
    List<Replica> replicas() {
        return replicas.stream().filter(replica -> !replica.machine().isDead()).toList();
    }
}
