package io.freshet.mode;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;

/** How many calls of a workspace have come to which end, for whoever looks at it. */
final class AnsweredCalls {

    private final String account;
    private final CallHistory history;
    private final MeterRegistry metrics;

    AnsweredCalls(String account, Clock clock, MeterRegistry metrics) {
        this.account = account;
        this.history = new CallHistory(clock);
        this.metrics = metrics;
    }

    /** Each since the start of the process, at most a quarter of an hour of them. */
    List<CallsInSpan> spans() {
        return history.spans();
    }

    void answered(Permit permit, Answer<?> answer) {
        count(permit, answer.fold(success -> "success", failure -> failure.kind()
                .word()));
    }

    void count(Permit permit, String how) {
        history.answered(permit.lane(), how.equals(Answer.Kind.THROTTLED.word()));
        metrics.counter(
                        "freshet.mode.requests",
                        "account",
                        account,
                        "lane",
                        permit.lane().word(),
                        "answer",
                        how)
                .increment();
    }
}
