package io.freshet.testing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change that was refused is kept as a dead letter, and nothing was run for it. */
final class RefusedLetters {

    private RefusedLetters() {}

    static List<Broken> broken(History history) {
        var dead =
                history.sent().stream().filter(Sent::isDead).map(Sent::identity).collect(Collectors.toSet());
        return Batch.all(history).stream()
                .filter(Batch::isRefused)
                .flatMap(batch -> Stream.concat(
                        batch.settled().stream()
                                .filter(settled -> !dead.contains(settled.change()))
                                .map(settled -> Broken.soFar("settled: change %s was refused and is no dead letter"
                                        .formatted(settled.change()))),
                        batch.ends().stream()
                                .map(end -> Broken.forGood("settled: %s was refused, and report %s has an end for it"
                                        .formatted(batch, end.report())))))
                .toList();
    }
}
