package io.freshet.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog;
import io.freshet.sandbox.Fault;
import io.freshet.sandbox.Faults;
import io.freshet.testing.History;
import io.freshet.testing.Prompt;
import io.freshet.testing.Scene;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** A Mode of which a third of the answers is worth nothing. */
class ApiFaultsIT {

    private static final int CHANGES = 60;
    private static final int REPORTS = 15;

    private static final Map<String, String> PROMPT = Prompt.but(Map.of("freshet.catalog.ttl", "1s"));

    @Test
    void shouldPostOnceForEachChangeWhateverModeAnswers() {
        try (var scene = Scene.open(Prompt.MODE)) {
            var traffic = Traffic.with(scene, Chaos.random("changes"), 5, REPORTS);
            var struck = order(scene.sandbox().faults(), Chaos.random("faults"));
            scene.start(PROMPT);

            for (var n = 0; n < CHANGES; n++) {
                traffic.change();
                Pause.of(Duration.ofMillis(100));
            }

            scene.eventually(() -> assertThat(scene.states()).hasSize(REPORTS));
            scene.eventually(() -> assertThat(scene.brokenPromises()).isEmpty());
            var history = History.of(scene);
            assertThat(history.changes()).hasSize(CHANGES);
            assertThat(history.posts().stream().filter(CallLog.Call::tookEffect))
                    .hasSameSizeAs(history.accepted());
            assertThat(struck).as("faults of every kind").allMatch(fault -> fault.struck() > 0);
        }
    }

    static boolean isWanted() {
        return Chaos.rounds() > 0;
    }

    /** For as long as {@code freshet.chaos.bad-answers} says. Only with {@code -Pchaos} or rounds of chance. */
    @Test
    @EnabledIf("isWanted")
    void shouldKeepItsPromisesWhateverModeAnswersForLong() {
        var duration = Chaos.badAnswers();
        try (var scene = Scene.open(Prompt.MODE)) {
            var application = scene.launch(PROMPT, "-Xmx256m");
            application.awaitReady();
            var struck = BadAnswers.order(scene.sandbox().faults(), Chaos.random("bad answers"));
            try (var traffic = Traffic.with(scene, Chaos.random("changes"), 8, 20)) {
                traffic.every(Duration.ofMillis(500));
                Pause.of(duration);
            }
            scene.sandbox().faults().clear();

            scene.eventually(Duration.ofMinutes(5), () -> assertThat(scene.brokenPromises())
                    .isEmpty());
            assertThat(application.isAlive()).isTrue();
            assertThat(application.log()).doesNotContain("OutOfMemoryError");
            assertThat(struck).as("bad answers of every kind").allMatch(fault -> fault.struck() > 0);
            var history = History.of(scene);
            System.out.printf(
                    "bad answers: %s, %d changes, %d calls, %d struck, %d runs, 0 broken promises%n",
                    duration,
                    history.changes().size(),
                    history.calls().size(),
                    struck.stream().mapToInt(Fault::struck).sum(),
                    history.finished().size());
        }
    }

    /** What strikes is drawn for each call, from those that were spared by the faults before. */
    private static List<Fault> order(Faults faults, Random random) {
        Predicate<Faults.Request> posts = request -> request.method().equals("POST");
        return List.of(
                faults.always(Faults.Kind.RESET_AFTER, posts.and(oneIn(7, random))),
                faults.alwaysStatus(503, oneIn(10, random)),
                faults.always(Faults.Kind.RESET_BEFORE, oneIn(20, random)),
                faults.always(Faults.Kind.GARBAGE, oneIn(20, random)),
                faults.always(Faults.Kind.HTML, oneIn(33, random)),
                faults.alwaysStatus(429, oneIn(33, random)));
    }

    /** One of every {@code calls} calls, and chance says which: with a coin for each call, a fault may never strike. */
    private static Predicate<Faults.Request> oneIn(int calls, Random random) {
        var asked = new AtomicInteger();
        var struck = new AtomicInteger();
        return request -> {
            var place = asked.getAndIncrement() % calls;
            if (place == 0) {
                struck.set(random.nextInt(calls));
            }
            return place == struck.get();
        };
    }
}
