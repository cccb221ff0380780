package io.freshet.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ChangeRefs;
import io.freshet.event.ReportKey;
import io.freshet.plan.RefreshPlan;
import io.freshet.state.RefreshRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanTest {

    @ParameterizedTest
    @CsvSource({"0, 40, 0", "1, 40, 0", "40, 40, 0", "41, 40, 10", "500, 40, 120", "3, 1, 20", "5, 0, 40"})
    void shouldSayHowLongTheLimitMakesThePostsTake(int posts, int limit, double seconds) {
        var calls = PlannedCalls.of(plan(0, posts, null), limit, Duration.ofSeconds(10));

        assertThat(calls.allPostedAfterSeconds()).isEqualTo(seconds);
        assertThat(calls.atLeast()).isEqualTo(2 * posts);
    }

    /** Each of the two waves, and between them the longest run of a dataset, as far as Mode says how long that takes. */
    @ParameterizedTest
    @CsvSource({
        "20, 200, , 40, 50",
        "20, 200, 90, 40, 130",
        "1, 1, , 40, 0",
        "1, 1, 30, 40, 30",
        "41, 41, 5, 40, 25",
        "3, 0, 60, 1, 20"
    })
    void shouldCountTheRunsOfDatasetsThatComeFirst(
            int datasets, int reports, @Nullable Integer takes, int limit, double seconds) {
        var calls = PlannedCalls.of(plan(datasets, reports, takes), limit, Duration.ofSeconds(10));

        assertThat(calls.allPostedAfterSeconds()).isEqualTo(seconds);
        assertThat(calls.posts()).isEqualTo(datasets + reports);
        assertThat(calls.atLeast()).isEqualTo(2 * (datasets + reports));
    }

    private static RefreshPlan plan(int datasets, int reports, @Nullable Integer takes) {
        var requests = new LinkedHashMap<ReportKey, RefreshRequest>();
        var runtime = Optional.ofNullable(takes).map(Duration::ofSeconds);
        for (var n = 0; n < datasets; n++) {
            requests.put(
                    ReportKey.dataset("acme", "d" + n),
                    new RefreshRequest(new TreeSet<>(), ChangeRefs.none(), Instant.EPOCH, runtime, false));
        }
        for (var n = 0; n < reports; n++) {
            requests.put(
                    new ReportKey("acme", "r" + n),
                    new RefreshRequest(new TreeSet<>(), ChangeRefs.none(), Instant.EPOCH));
        }
        return new RefreshPlan(requests, Map.of(), new TreeMap<>(), List.of());
    }
}
