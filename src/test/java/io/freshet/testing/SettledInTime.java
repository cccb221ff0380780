package io.freshet.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How fresh a change is said to have become: from when the data changed to the end of the last run. */
final class SettledInTime {

    private SettledInTime() {}

    static List<Broken> broken(History history) {
        return Batch.all(history).stream()
                .filter(Batch::hasAllEnds)
                .flatMap(batch -> {
                    var last = lastSuccess(batch);
                    return batch.settled().stream().flatMap(settled -> wrong(settled, last));
                })
                .toList();
    }

    private static Optional<Instant> lastSuccess(Batch batch) {
        return batch.ends().stream()
                .filter(end -> Counts.outcome(end).equals("succeeded"))
                .map(end -> Instant.parse(end.text("finished_at")))
                .max(Instant::compareTo);
    }

    private static Stream<Broken> wrong(Event settled, Optional<Instant> lastSuccess) {
        var said = Optional.of(settled.data().path("freshness_seconds"))
                .filter(JsonNode::isNumber)
                .map(seconds -> Math.round(seconds.asDouble() * 1000));
        var is = lastSuccess
                .filter(end -> settled.text("outcome").equals("succeeded"))
                .map(end -> millis(settled, end));
        var isRight = said.isPresent() == is.isPresent() && Math.abs(said.orElse(0L) - is.orElse(0L)) <= 1;
        return isRight
                ? Stream.empty()
                : Stream.of(Broken.forGood("settled: change %s was settled with batch %s as fresh after %s ms, not %s"
                        .formatted(settled.change(), settled.text("batch"), said, is)));
    }

    /** None where the change is dated ahead. */
    private static long millis(Event settled, Instant end) {
        var changedAt = settled.data().path("change").path("changed_at").asText();
        return Math.max(0, Duration.between(Instant.parse(changedAt), end).toMillis());
    }
}
