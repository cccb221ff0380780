package io.freshet.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.FactKey;
import io.freshet.event.Subject;
import io.freshet.sandbox.ReportRuns;
import io.freshet.testing.Event;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens in one workspace in calm weather, with Freshet's own classes, and hours that pass at once. */
class StoriesTest {

    private static final String ACCOUNT = "acme";
    private static final List<String> REPORTS = List.of("report1", "report2", "report3");
    private static final Logger FRESHET = Logger.getLogger("io.freshet");

    @BeforeAll
    static void beQuiet() {
        FRESHET.setLevel(Level.OFF);
    }

    @AfterAll
    static void speakAgain() {
        FRESHET.setLevel(null);
    }

    private static World world(long seed, String datasetsFirst, Duration datasetTakes) {
        return new World(seed, datasetsFirst, mode -> {
            mode.reportRuns(ReportRuns.LOAD);
            var workspace = mode.sandbox().workspace();
            workspace.addDataSource("source1", "Warehouse");
            workspace.addSpace("space1", "Sales");
            workspace.addDataset("dataset1", "Orders", "source1", "space1");
            workspace.datasetRuns().ranBefore("dataset1", Duration.ofHours(1));
            REPORTS.forEach(report -> workspace.addReport(report, "Report", "space1", "dataset1"));
            mode.sandbox().runClock().takes(Duration.ofSeconds(1), Duration.ofSeconds(4));
            mode.sandbox().runClock().takes("dataset1", Duration.ofSeconds(1), datasetTakes);
        });
    }

    private static void change(World world, int n) {
        var data = "{\"account\": \"%s\", \"data_source\": \"source1\"}".formatted(ACCOUNT);
        var record = new ProducerRecord<byte[], byte[]>(
                SimulatedTopics.NAMES.upstreamDataChanged(), data.getBytes(StandardCharsets.UTF_8));
        Map.of(
                        "ce_specversion", "1.0",
                        "ce_type", "io.freshet.data-changed.v1",
                        "ce_source", "/etl",
                        "ce_id", "load-" + n)
                .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        world.topics().append(record);
    }

    private static void pass(World world, Duration time) {
        world.time().runUntil(world.time().now().plus(time));
    }

    private static void passUntilAtRest(World world) {
        for (var look = 0; look < 200 && !isAtRest(world); look++) {
            pass(world, Duration.ofSeconds(10));
        }
    }

    private static boolean isAtRest(World world) {
        return world.accounts().stream().allMatch(account -> Verdict.isAtRest(world, account));
    }

    private static List<Event> events(World world, String topic) {
        return new ObservedWorld(world, ACCOUNT).events(topic);
    }

    private static long posts(World world, String token) {
        return world.mode(ACCOUNT).calls().stream()
                .filter(call -> call.isPost()
                        && call.report().or(call::dataset).filter(token::equals).isPresent())
                .count();
    }

    // --- a dataset that runs for 5 minutes while a change comes each minute

    private static final int CHANGES = 20;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldStarveNoReportAndCallNothingFreshThatIsNot(long seed) {
        var world = world(seed, "always", Duration.ofMinutes(5));
        IntStream.range(0, CHANGES).forEach(n -> world.time().after(Duration.ofMinutes(n), () -> change(world, n)));

        pass(world, Duration.ofMinutes(CHANGES));
        passUntilAtRest(world);

        assertThat(Verdict.of(world, Set.of())).isEmpty();
        assertThat(events(world, "change-settled")).hasSize(CHANGES).allSatisfy(settled -> {
            assertThat(settled.text("data")).isEqualTo("fresh");
            assertThat(waited(settled)).isLessThan(Duration.ofMinutes(11));
        });
        REPORTS.forEach(report ->
                assertThat(longestWithoutARun(world, report)).as(report).isLessThan(Duration.ofMinutes(6)));
        assertThat(posts(world, "dataset1")).isLessThanOrEqualTo(6);
    }

    /** Of a change that comes as the dataset begins to run: its whole run, and that of its follow-up. */
    private static Duration waited(Event settled) {
        var n = Integer.parseInt(settled.data().at("/change/id").asText().substring("load-".length()));
        return Duration.between(VirtualTime.START.plus(Duration.ofMinutes(n)), settled.writtenAt());
    }

    private static Duration longestWithoutARun(World world, String report) {
        var longest = Duration.ZERO;
        var last = VirtualTime.START;
        for (var ended : ends(world, report)) {
            var gap = Duration.between(last, ended);
            longest = gap.compareTo(longest) > 0 ? gap : longest;
            last = ended;
        }
        return longest;
    }

    private static List<Instant> ends(World world, String report) {
        return events(world, "run-finished").stream()
                .filter(event -> event.report().equals(report))
                .map(Event::writtenAt)
                .toList();
    }

    // --- runs=shadow, set while something waits

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldPostNothingInAShadowThatWasPlannedBefore(long seed) {
        var world = world(seed, "never", Duration.ofSeconds(5));
        var holds = new Holds(world);
        pass(world, Duration.ofSeconds(30));
        holds.hold(ACCOUNT, Subject.report("report1"));
        pass(world, Duration.ofSeconds(1));
        change(world, 0);
        pass(world, Duration.ofMinutes(1));
        assertThat(posts(world, "report2")).isEqualTo(1);

        startAgain(world, "shadow");
        holds.release(FactKey.held(ACCOUNT, Subject.report("report1")));
        pass(world, Duration.ofMinutes(2));

        assertThat(holds.held(ACCOUNT)).isEmpty();
        assertThat(posts(world, "report1")).isZero();
        startAgain(world, "post");
        passUntilAtRest(world);
        assertThat(posts(world, "report1")).isEqualTo(1);
        assertThat(events(world, "workspace-changed"))
                .map(event -> event.text("what"))
                .containsExactly("held", "shadow", "released", "posting");
        assertThat(Verdict.of(world, Set.of())).isEmpty();
    }

    // --- a data source is held at any moment of a change's way

    @ParameterizedTest
    @ValueSource(ints = {0, 5, 10, 20, 40, 80, 160, 320, 640, 1_280, 2_560, 5_120})
    void shouldPostNothingMoreOfAHeldDataSource(int millis) {
        var world = world(millis + 1L, "never", Duration.ofSeconds(5));
        var holds = new Holds(world);
        pass(world, Duration.ofSeconds(30));
        change(world, 0);
        pass(world, Duration.ofMillis(millis));
        holds.hold(ACCOUNT, Subject.dataSource("source1"));
        pass(world, Duration.ofSeconds(2));
        var posted = REPORTS.stream().mapToLong(report -> posts(world, report)).sum();
        pass(world, Duration.ofMinutes(5));

        assertThat(holds.broken(ACCOUNT)).isEmpty();
        assertThat(REPORTS.stream().mapToLong(report -> posts(world, report)).sum())
                .isEqualTo(posted);
        holds.release(FactKey.held(ACCOUNT, Subject.dataSource("source1")));
        passUntilAtRest(world);
        assertThat(REPORTS)
                .allSatisfy(report -> assertThat(posts(world, report)).isEqualTo(1));
        assertThat(Verdict.of(world, Set.of())).isEmpty();
    }

    // --- the workspace goes from hand to hand, in order

    /** Two owners, the one after the other, and nothing handed over in between. */
    private static final String UNCLEAN = "calling calling";

    private static String limits(World world) {
        return limits(world, ACCOUNT);
    }

    private static String limits(World world, String account) {
        return String.join(" ", new StateTopic(account, Verdict.stateOf(world, account)).limits());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void shouldHandTheRequestLimitOverWheneverItIs(long seed) {
        var world = world(seed, "never", Duration.ofSeconds(5));
        world.start();
        IntStream.range(0, 400).forEach(n -> world.time().after(Duration.ofMillis(150L * n), world.owners()::shuffle));
        IntStream.range(0, 20).forEach(n -> world.time().after(Duration.ofSeconds(3L * n), () -> change(world, n)));

        pass(world, Duration.ofMinutes(1));
        passUntilAtRest(world);

        assertThat(limits(world)).contains("handed_over").doesNotContain(UNCLEAN);
        assertThat(Verdict.of(world, Set.of())).isEmpty();
    }

    // --- the writer waits for a commit while the workspace goes and comes back

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldGoOnWhenTheWriterHearsLateThatItsWorkspaceWasElsewhere(long seed) {
        var world = world(seed, "never", Duration.ofSeconds(5));
        pass(world, Duration.ofSeconds(30));
        var replica = world.replicas().get(0);

        replica.machine().halt();
        pass(world, SimulatedOwners.SESSION.plusSeconds(2));
        replica.writesNothingFor(Duration.ofSeconds(40));
        replica.machine().goOn();
        pass(world, Duration.ofMinutes(1));
        change(world, 0);
        pass(world, Duration.ofMinutes(1));

        assertThat(events(world, "change-settled")).hasSize(1);
        assertThat(Verdict.of(world, Set.of())).isEmpty();
    }

    // --- the workspace comes back to a replica that saw Mode in trouble

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldNotTellOfATroubleThatWasOverWhenTheWorkspaceCameBack(long seed) {
        var world = world(seed, "never", Duration.ofSeconds(5));
        pass(world, Duration.ofSeconds(30));
        var first = world.replicas().get(0);
        var second = world.start();
        pass(world, Duration.ofSeconds(10));
        world.mode(ACCOUNT).wire().strike(SimulatedWire.Fault.UNREACHABLE, Duration.ofMinutes(1));
        change(world, 0);
        pass(world, Duration.ofSeconds(50));

        first.machine().halt();
        pass(world, SimulatedOwners.SESSION.plusSeconds(5));
        first.machine().goOn();
        passUntilAtRest(world);
        second.stop();
        pass(world, Duration.ofMinutes(5));

        assertThat(events(world, "workspace-changed"))
                .map(event -> event.text("what"))
                .startsWith("paused")
                .endsWith("resumed");
        assertThat(Verdict.of(world, Set.of())).isEmpty();
    }

    // --- a run that fails while the workspace goes from hand to hand

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldFindOutThatARunHasFailedHoweverOftenItsOwnerChanges(long seed) {
        var world = world(seed, "never", Duration.ofSeconds(5));
        world.start();
        var runs = world.mode(ACCOUNT).sandbox().runClock();
        REPORTS.forEach(report -> runs.takes(report, Duration.ofMinutes(1), Duration.ofMinutes(1)));
        REPORTS.forEach(report -> runs.endsAs(report, "failed"));
        pass(world, Duration.ofSeconds(30));
        IntStream.range(0, 120).forEach(n -> world.time().after(Duration.ofSeconds(20L * n), world.owners()::passOn));
        change(world, 0);

        pass(world, Duration.ofMinutes(5));

        assertThat(events(world, "change-settled"))
                .singleElement()
                .satisfies(settled -> assertThat(settled.text("outcome")).isEqualTo("failed"));
    }

    // --- the owner is stopped in order, at any moment of a change's way; the clocks of the two may be a minute apart

    @ParameterizedTest
    @ValueSource(ints = {0, 600, 1_200, 1_800, 2_400, 3_000, 3_600, 4_200, 4_800, 5_400})
    void shouldCostNoMoreThanTheHandOverToStopItsOwner(int millis) {
        var world = world(2, "always", Duration.ofSeconds(4));
        pass(world, Duration.ofSeconds(30));
        world.start();
        pass(world, Duration.ofSeconds(15));
        change(world, 0);
        pass(world, Duration.ofMillis(millis));

        world.replicas().get(0).stop();
        pass(world, Duration.ofSeconds(25));

        assertThat(events(world, "change-settled"))
                .singleElement()
                .satisfies(settled -> assertThat(settled.text("data")).isEqualTo("fresh"));
        assertThat(events(world, "run-accepted"))
                .allSatisfy(run -> assertThat(run.text("adopted")).isEqualTo("false"));
        assertThat(limits(world)).doesNotContain(UNCLEAN);
        assertThat(Verdict.of(world, Set.of())).isEmpty();
    }

    // --- workspaces, partitions and replicas of any number; replicas are stopped while the group rebalances

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void shouldHandAllOverInOrderThoughSeveralThingsHappenAtOnce(long seed) {
        var world = new World(seed);
        world.trouble().heal();
        world.start();
        var inputs = new Inputs(world);
        IntStream.range(0, 30).forEach(n -> {
            world.time().after(Duration.ofSeconds(20 + 2L * n), inputs::change);
            world.time().after(Duration.ofMillis(20_000 + 3_100L * n), world.owners()::shuffle);
            world.time().after(Duration.ofMillis(20_000 + 3_700L * n), () -> {
                world.replicas().get(0).stop();
                world.start();
            });
        });

        pass(world, Duration.ofMinutes(3));
        passUntilAtRest(world);

        assertThat(world.accounts())
                .allSatisfy(account -> assertThat(limits(world, account)).doesNotContain(UNCLEAN));
        assertThat(Verdict.of(world, inputs.useless())).isEmpty();
    }

    private static void startAgain(World world, String runs) {
        world.replicas().forEach(Replica::kill);
        world.runs(runs);
        world.start();
        pass(world, Duration.ofMinutes(1));
    }
}
