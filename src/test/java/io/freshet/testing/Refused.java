package io.freshet.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A change that was refused is kept as a dead letter, says what was refused, and nothing was run for it. */
final class Refused {

    private final Batch batch;
    private final Set<String> dead;

    private Refused(Batch batch, Set<String> dead) {
        this.batch = batch;
        this.dead = dead;
    }

    static List<Broken> broken(History history) {
        var dead =
                history.sent().stream().filter(Sent::isDead).map(Sent::identity).collect(Collectors.toSet());
        return Batch.all(history).stream()
                .filter(Batch::isRefused)
                .flatMap(batch -> new Refused(batch, dead).found())
                .toList();
    }

    private Stream<Broken> found() {
        return Stream.concat(
                batch.ends().stream()
                        .map(end -> Broken.forGood("settled: %s was refused, and report %s has an end for it"
                                .formatted(batch, end.report()))),
                batch.settled().stream().flatMap(this::found));
    }

    private Stream<Broken> found(Event settled) {
        var letter = dead.contains(settled.change())
                ? Stream.<Broken>empty()
                : Stream.of(Broken.soFar(
                        "settled: change %s was refused and is no dead letter".formatted(settled.change())));
        var isSaid = settled.all("not_succeeded").stream()
                .anyMatch(one -> one.path("outcome").asText().equals("refused")
                        && !one.path("reason").asText().isEmpty());
        var isRight =
                isSaid && Counts.said(settled).areNone() && settled.text("data").equals("unknown");
        var saying = isRight
                ? Stream.<Broken>empty()
                : Stream.of(Broken.forGood(
                        "settled: change %s was refused and says %s".formatted(settled.change(), settled.data())));
        return Stream.concat(letter, saying);
    }
}
