package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.testing.Debugger;
import io.freshet.testing.PackagedApplication;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The owner of a workspace is killed in the middle of a burst: how long until its heir posts. */
@Tag("budget")
class KilledOwnerBench {

    private static final int KILLS = 3;
    private static final int POSTS_BETWEEN = 25;
    private static final double SESSION = 10;
    private static final double TRANSACTION = 10;
    private static final double PERIOD = 10;
    /** Kafka's and Freshet's defaults; with one partition, one replica owns all, and the others stand by. */
    private static final Map<String, String> SETTINGS = Map.of(
            "freshet.coalesce.quiet", "0s",
            "freshet.topics.own-partitions", "1",
            "kafka.session.timeout.ms", "10000",
            "kafka.heartbeat.interval.ms", "3000");

    private static final String RESTORED = "restored partitions=";
    private static final Pattern LINE = Pattern.compile("\"timestamp\":\"([^\"]+)\".*took_ms=(\\d+)");

    /** Seconds after the kill. */
    private record HandOver(double assigned, double restored, double called, double posted) {}

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void killedOwner(boolean inTransaction) {
        try (var scene = Scene.open()) {
            BudgetWorkspace.fill(scene.sandbox().workspace(), BudgetWorkspace::oneSpace);
            var owner = launch(scene);
            owner.awaitLine(RESTORED);
            var handOvers = new ArrayList<HandOver>();
            while (handOvers.size() < KILLS) {
                var heir = launch(scene);
                scene.change(BudgetWorkspace.CHANGE);
                awaitPosts(scene, Instant.now(), POSTS_BETWEEN);
                handOvers.add(handOver(scene, owner, heir, inTransaction));
                owner = heir;
            }
            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.brokenPromises())
                    .isEmpty());
            publish(handOvers, inTransaction);
        }
    }

    private static PackagedApplication launch(Scene scene) {
        var application = scene.launch(SETTINGS, "-Xmx160m", Debugger.JVM_OPTION);
        application.awaitReady();
        return application;
    }

    private static void awaitPosts(Scene scene, Instant since, int posts) {
        scene.eventually(
                () -> assertThat(after(since, scene.sandbox().calls().posts())).hasSizeGreaterThanOrEqualTo(posts));
    }

    private static List<CallLog.Call> after(Instant since, List<CallLog.Call> calls) {
        return calls.stream().filter(call -> call.at().isAfter(since)).toList();
    }

    private static HandOver handOver(
            Scene scene, PackagedApplication owner, PackagedApplication heir, boolean inTransaction) {
        Instant killed;
        try (var debugger = Debugger.attach(owner)) {
            if (inTransaction) {
                debugger.stopAt("io.freshet.ledger.TransactionWriter", "commit", 1, () -> true);
                assertThat(debugger.awaitStop(Duration.ofSeconds(30))).isTrue();
            }
            owner.kill();
            killed = Instant.now();
        }
        awaitPosts(scene, killed, 1);
        var line = heir.lines().stream()
                .filter(one -> one.contains(RESTORED))
                .map(LINE::matcher)
                .filter(matcher -> matcher.find())
                .findFirst()
                .orElseThrow();
        var restored = seconds(killed, Instant.parse(line.group(1)));
        return new HandOver(
                restored - Long.parseLong(line.group(2)) / 1000.0,
                restored,
                seconds(
                        killed,
                        after(killed, scene.sandbox().calls().all()).get(0).at()),
                seconds(
                        killed,
                        after(killed, scene.sandbox().calls().posts()).get(0).at()));
    }

    private static double seconds(Instant from, Instant until) {
        return Duration.between(from, until).toMillis() / 1000.0;
    }

    private static void publish(List<HandOver> handOvers, boolean inTransaction) {
        var table = new Table(
                "Killed owner" + (inTransaction ? ", in a transaction" : ""),
                "The owner of a workspace is killed after 25 POSTs of a burst"
                        + (inTransaction ? ", when it has sent a transaction and not committed it" : "")
                        + ", and another replica stands by; the median of 3 kills. The reference is the sum of what must be"
                        + " waited for: the session timeout, the transaction timeout and one period of the limit, 10 s"
                        + " each, as they are by default. In the rows of the parts it is that part.");
        table.row(
                "seconds from the kill to the heir's first POST",
                median(handOvers, HandOver::posted),
                SESSION + TRANSACTION + PERIOD,
                "≤ 1");
        table.row(
                "the same, the slowest",
                handOvers.stream().mapToDouble(HandOver::posted).max().orElseThrow(),
                SESSION + TRANSACTION + PERIOD,
                "≤ 1");
        table.row(
                "of these, until the heir was assigned (session timeout)",
                median(handOvers, HandOver::assigned),
                SESSION,
                "");
        table.row(
                "then, until it had read the state (transaction timeout)",
                median(handOvers, one -> one.restored() - one.assigned()),
                TRANSACTION,
                "");
        table.row(
                "from the assignment to its first call (one period)",
                median(handOvers, one -> one.called() - one.assigned()),
                PERIOD,
                "");
        table.row("then, until its first POST", median(handOvers, one -> one.posted() - one.called()), "");
        table.publish();
    }

    private static double median(List<HandOver> handOvers, ToDoubleFunction<HandOver> figure) {
        return handOvers.stream()
                .mapToDouble(figure)
                .sorted()
                .skip(handOvers.size() / 2)
                .findFirst()
                .orElseThrow();
    }
}
