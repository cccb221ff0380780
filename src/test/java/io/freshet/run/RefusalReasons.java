package io.freshet.run;

import io.freshet.event.ReportKey;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.state.Refusal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;

/** The reasons of all rejections that an answer of Mode's leads to. */
public final class RefusalReasons {

    private RefusalReasons() {}

    public static Stream<String> ofMode() {
        return Arrays.stream(Kind.values())
                .flatMap(kind -> Stream.of(new ReportKey("acme", "r1"), ReportKey.dataset("acme", "d1"))
                        .map(report -> Refusals.of(report, new Failure<>(kind, 0, "", Duration.ZERO))))
                .flatMap(Optional::stream)
                .map(Refusal::reason);
    }
}
