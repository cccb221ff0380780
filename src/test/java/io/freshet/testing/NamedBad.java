package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A settled change names what has ended badly, up to 20 of it, as it was told before, and nothing that hasn't. */
final class NamedBad {

    private static final int MOST = 20;
    private static final Set<String> NO_END = Set.of("left_out", "refused");

    private NamedBad() {}

    static List<Broken> broken(History history) {
        return Batch.all(history).stream()
                .filter(Batch::hasAllEnds)
                .flatMap(batch -> {
                    var bad = bad(batch);
                    return batch.settled().stream().flatMap(settled -> wrong(settled, bad));
                })
                .toList();
    }

    private static Set<String> bad(Batch batch) {
        return batch.ends().stream()
                .filter(end -> !Counts.outcome(end).equals("succeeded"))
                .map(end -> "%s %s %s %s"
                        .formatted(
                                end.isOfDataset() ? "dataset" : "report", end.report(), Counts.outcome(end), end.run()))
                .collect(Collectors.toSet());
    }

    private static Stream<Broken> wrong(Event settled, Set<String> bad) {
        var named = settled.all("not_succeeded").stream()
                .filter(one -> !NO_END.contains(one.path("outcome").asText()))
                .map(NamedBad::name)
                .collect(Collectors.toSet());
        var size = settled.all("not_succeeded").size();
        var isRight = size < MOST ? named.equals(bad) : size == MOST && bad.containsAll(named);
        return isRight
                ? Stream.empty()
                : Stream.of(Broken.forGood("settled: change %s names %s of batch %s as not succeeded, where it was %s"
                        .formatted(settled.change(), named, settled.text("batch"), bad)));
    }

    private static String name(JsonNode entry) {
        return "%s %s %s %s"
                .formatted(
                        entry.path("kind").asText(),
                        entry.path("token").asText(),
                        entry.path("outcome").asText(),
                        entry.path("run_token").asText());
    }
}
