package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.testing.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RunClockTest {

    private static final String REPORT = "aaaaaaaaaaaa";

    private final SettableClock clock = new SettableClock();
    private final SandboxWorkspace workspace = workspace(clock);
    private final RunClock runs = workspace.clock();

    @Test
    void shouldProceedWithTime() {
        var created = workspace.runByHand(REPORT, "nora");
        assertThat(created.state()).isEqualTo("enqueued");

        clock.advance(Duration.ofMillis(500));
        assertThat(newest().state()).isEqualTo("running");
        assertThat(newest().completedAt()).isEmpty();

        clock.advance(Duration.ofHours(1));
        assertThat(newest().state()).isEqualTo("succeeded");
        assertThat(newest().completedAt()).contains(created.createdAt().plusSeconds(2)); // not when somebody looked
    }

    @Test
    void shouldTakeAsLongAsTheReportIsToldTo() {
        runs.takes(Duration.ofSeconds(1), Duration.ofSeconds(1));
        runs.takes(REPORT, Duration.ZERO, Duration.ofMinutes(10));
        workspace.runByHand(REPORT, "nora");
        runs.takes(REPORT, Duration.ZERO, Duration.ZERO);

        clock.advance(Duration.ofMinutes(9));

        assertThat(newest().state()).isEqualTo("running");
    }

    @Test
    void shouldEndAsTold() {
        workspace.runByHand(REPORT, "nora");
        runs.endsAs(REPORT, "failed");

        clock.advance(Duration.ofSeconds(2));

        assertThat(newest().state()).isEqualTo("failed");
        assertThat(newest().completedAt()).contains(clock.instant());
    }

    @Test
    void shouldNotChangeHowARunHasEnded() {
        workspace.runByHand(REPORT, "nora");
        clock.advance(Duration.ofSeconds(3));

        runs.endsAs(REPORT, "failed");

        assertThat(newest().state()).isEqualTo("succeeded");
    }

    @Test
    void shouldNotChangeHowARunHasEndedWhenTheClockIsSetBackAfterwards() {
        workspace.runByHand(REPORT, "nora");
        clock.advance(Duration.ofSeconds(3));
        var ended = newest();

        clock.advance(Duration.ofSeconds(-2));
        runs.neverEnds(REPORT);
        clock.advance(Duration.ofSeconds(2));

        assertThat(newest()).isEqualTo(ended);
    }

    @Test
    void shouldStayInAnUnknownStateUntilAnotherIsNamed() {
        runs.endsAs(REPORT, "defrosting");
        workspace.runByHand(REPORT, "nora");
        clock.advance(Duration.ofHours(1));
        assertThat(newest().state()).isEqualTo("defrosting");
        assertThat(newest().completedAt()).isEmpty();

        runs.endsAs(REPORT, "cancelled");

        assertThat(newest().state()).isEqualTo("cancelled");
        assertThat(newest().completedAt()).contains(clock.instant());
    }

    @Test
    void shouldRunOnWhereItNeverEnds() {
        runs.neverEnds(REPORT);
        workspace.runByHand(REPORT, "nora");

        clock.advance(Duration.ofDays(2));

        assertThat(newest().state()).isEqualTo("running");
    }

    @Test
    void shouldStartNothingWhileHeld() {
        runs.hold();
        workspace.runByHand(REPORT, "nora");
        clock.advance(Duration.ofHours(1));
        assertThat(newest().state()).isEqualTo("enqueued");

        runs.release();
        assertThat(newest().state()).isEqualTo("running");

        clock.advance(Duration.ofMillis(1500));
        assertThat(newest().state()).isEqualTo("succeeded");
    }

    @Test
    void shouldKeepTheNewestRunFirst() {
        var first = workspace.runByHand(REPORT, "nora");
        var second = workspace.runByHand(REPORT, "nora");

        assertThat(workspace.runs(REPORT)).containsExactly(second, first);
    }

    private SandboxRun newest() {
        return workspace.runs(REPORT).get(0);
    }

    private static SandboxWorkspace workspace(SettableClock clock) {
        var workspace = new SandboxWorkspace(clock);
        workspace.addSpace("cccccccccccc", "Sales");
        workspace.addReport(REPORT, "Daily sales", "cccccccccccc");
        return workspace;
    }
}
