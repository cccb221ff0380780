package io.freshet.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.sandbox.CallLog.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CallLogTest {

    private static final Instant START = Instant.parse("2026-08-01T00:00:00Z");

    private final CallLog log = new CallLog();

    @Test
    void shouldFindTheFullestWindowWhereverItBegins() {
        Stream.of(0, 900, 950, 1100, 1899, 1900).forEach(millis -> log.add(call("GET", "/reports/a", millis)));

        assertThat(log.mostInAnyWindow(Duration.ofSeconds(1))).isEqualTo(4);
        assertThat(log.mostInAnyWindow(Duration.ofMillis(1))).isEqualTo(1);
        assertThat(log.mostInAnyWindow(Duration.ofHours(1))).isEqualTo(6);
    }

    @Test
    void shouldFindNothingInAnEmptyLog() {
        assertThat(log.mostInAnyWindow(Duration.ofSeconds(1))).isZero();
    }

    @Test
    void shouldTellPostsOfRunsFromOtherCalls() {
        var post = call("POST", "/reports/a/runs", 1);
        log.add(call("GET", "/reports/a/runs?page=2", 0));
        log.add(post);
        log.add(call("POST", "/reports/a", 2));

        assertThat(log.posts()).containsExactly(post);
        assertThat(log.posts("a")).containsExactly(post);
        assertThat(log.posts("b")).isEmpty();
        assertThat(log.count(call -> call.method().equals("POST"))).isEqualTo(2);
    }

    private static Call call(String method, String path, int millis) {
        return new Call(START.plusMillis(millis), method, path, Optional.of("a"), Set.of(), 200, false);
    }
}
