package io.freshet.run;

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
                .map(kind -> Refusals.of(new Failure<>(kind, 0, "", Duration.ZERO)))
                .flatMap(Optional::stream)
                .map(Refusal::reason);
    }
}
