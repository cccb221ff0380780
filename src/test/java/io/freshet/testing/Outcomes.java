package io.freshet.testing;

import io.freshet.sandbox.SandboxRun;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is told of a run's end is what Mode says of it. */
final class Outcomes {

    private Outcomes() {}

    static List<Broken> broken(History history) {
        var runs = history.runs().stream().collect(Collectors.toMap(SandboxRun::token, Function.identity()));
        return history.finished().stream()
                .flatMap(event -> Stream.ofNullable(runs.get(event.run())).flatMap(run -> wrong(event, run)))
                .toList();
    }

    private static Stream<Broken> wrong(Event event, SandboxRun run) {
        var told = event.text("outcome");
        // Nobody waits for ever: what Mode says later counts no more.
        return told.equals("timed_out") || told.equals(outcome(run))
                ? Stream.empty()
                : Stream.of(Broken.forGood(
                        "told: run %s was told as %s, and in Mode it is %s".formatted(run.token(), told, run.state())));
    }

    private static String outcome(SandboxRun run) {
        return switch (run.state()) {
            case "succeeded", "completed" -> "succeeded";
            case "failed" -> "failed";
            case "cancelled", "canceled" -> "cancelled";
            default -> "open";
        };
    }
}
