package io.freshet.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import io.freshet.event.RunError;
import io.freshet.mode.Clocks;
import io.freshet.mode.Mode;
import io.freshet.mode.ModeWiring;
import io.freshet.mode.limit.Lane;
import io.freshet.mode.limit.TakeOver;
import io.freshet.workspace.WorkspaceWiring;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of a run is told with what Mode says of it, or without; but never late, and never not at all. */
class ExplainFailureTest {

    private static final ReportKey REPORT = new ReportKey("acme", "r1");
    private static final String QUERIES = """
            {"_embedded": {"query_runs": [
              {"token": "q1", "state": "succeeded"},
              {"token": "q2", "state": "failed", "error_code": "SqlUnknownColumn", "error_message": "no column cost"},
              {"token": "q3", "state": "failed", "error_code": "ResourceFailure", "error_message": "gone"}]}}
            """;

    /** Of time, nothing passes by itself. */
    private static final class HandTimer extends ScheduledThreadPoolExecutor {
        private final List<Runnable> after10s = new ArrayList<>();

        HandTimer() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            if (unit.toMillis(delay) == 10_000) {
                after10s.add(task);
            }
            return super.schedule(task, 1, TimeUnit.DAYS);
        }

        void pass10s() {
            List.copyOf(after10s).forEach(Runnable::run);
        }
    }

    private final HandTimer timer = new HandTimer();
    private final List<String> asked = new ArrayList<>();
    private final ExplainFailure explain = new ExplainFailure(Clock.systemUTC(), timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    private Mode mode(int requests, Uni<RestResponse<byte[]>> answer) {
        var modes = ModeWiring.modes(
                WorkspaceWiring.workspaces(List.of("acme"), requests, Duration.ofMinutes(10)),
                Clocks.of(Clock.systemUTC()),
                Runnable::run,
                timer,
                new Random(1),
                new SimpleMeterRegistry(),
                request -> {
                    asked.add(request.path());
                    return answer;
                });
        var mode = modes.find("acme").orElseThrow();
        mode.limit().own(TakeOver.unused());
        return mode;
    }

    private static Uni<RestResponse<byte[]>> answer(int status, String body) {
        return Uni.createFrom()
                .item(RestResponse.ResponseBuilder.<byte[]>create(status)
                        .entity(body.getBytes(UTF_8))
                        .header("Content-Type", "application/hal+json")
                        .build());
    }

    private UniAssertSubscriber<Optional<RunError>> why(Mode mode) {
        return explain.of(REPORT, "run1", mode).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void shouldSayWhatTheFirstQueryThatFailedSays() {
        var why = why(mode(9, answer(200, QUERIES)));

        why.assertCompleted().assertItem(RunError.of(Optional.of("SqlUnknownColumn"), Optional.of("no column cost")));
        assertThat(asked).containsExactly("/reports/r1/runs/run1/query_runs");
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404, 429, 500, 503})
    void shouldSayNothingAtOnceIfModeDoesNot(int status) {
        var why = why(mode(9, answer(status, "{}")));

        why.assertCompleted().assertItem(Optional.empty());
        assertThat(asked).as("once").hasSize(1);
    }

    @Test
    void shouldSayNothingIfModeKnowsOfNoQueryThatFailed() {
        why(mode(9, answer(200, "{\"_embedded\": {\"query_runs\": [{\"token\": \"q1\", \"state\": \"succeeded\"}]}}")))
                .assertCompleted()
                .assertItem(Optional.empty());
    }

    @Test
    void shouldWaitNoLongerThan10sForAnAnswer() {
        var mode = mode(9, Uni.createFrom().nothing());
        var why = why(mode);
        why.assertNotTerminated();

        timer.pass10s();

        why.assertCompleted().assertItem(Optional.empty());
        assertThat(asked).hasSize(1);
    }

    @Test
    void shouldWaitNoLongerThan10sForLeaveToAskAndThenAskNoMore() {
        var mode = mode(1, answer(200, QUERIES));
        spend(mode);
        var why = why(mode);
        why.assertNotTerminated();
        assertThat(mode.limit().use().waiting()).isEqualTo(1);

        timer.pass10s();

        why.assertCompleted().assertItem(Optional.empty());
        assertThat(mode.limit().use().waiting()).isZero();
        assertThat(asked).containsExactly("/reports/r1");
    }

    private static void spend(Mode mode) {
        mode.permit(Lane.ASK, Instant.EPOCH)
                .flatMap(permit -> mode.report(permit, "r1"))
                .subscribe()
                .withSubscriber(UniAssertSubscriber.create())
                .assertCompleted();
    }

    @Test
    void shouldNotAskWhileModeIsInTrouble() {
        var mode = mode(9, Uni.createFrom().failure(new ConnectException("refused")));
        spend(mode);
        assertThat(mode.trouble()).isPresent();

        var why = why(mode);

        why.assertCompleted().assertItem(Optional.empty());
        assertThat(asked).as("but for the question before").hasSize(1);
    }
}
