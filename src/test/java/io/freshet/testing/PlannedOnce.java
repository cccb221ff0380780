package io.freshet.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** The plan of every batch is told once: each of its parts, each report in one of them. */
final class PlannedOnce {

    private final Batch batch;
    private final List<Broken> broken = new ArrayList<>();

    private PlannedOnce(Batch batch) {
        this.batch = batch;
    }

    static List<Broken> broken(History history) {
        return Batch.all(history).stream()
                .flatMap(batch -> new PlannedOnce(batch).found().stream())
                .toList();
    }

    private List<Broken> found() {
        if (batch.planned().isEmpty()) {
            unknown();
        } else {
            twice();
            missing();
            reportsTwice();
        }
        return broken;
    }

    /** A refused change leads to nothing, so there need not be a plan. */
    private void unknown() {
        if (!batch.isRefused() || !batch.ends().isEmpty() || !batch.accepted().isEmpty()) {
            broken.add(Broken.soFar("planned: %s was never planned".formatted(batch)));
        }
    }

    private void twice() {
        var parts = new HashSet<Integer>();
        var last = batch.planned().stream()
                .filter(part -> part.data().has("parts"))
                .count();
        var isPlain = batch.planned().stream().anyMatch(part -> !part.data().has("part"));
        var isTwice = batch.planned().stream()
                .anyMatch(part -> !parts.add(part.data().path("part").asInt()));
        if (isTwice || last > 1 || (isPlain && batch.planned().size() > 1)) {
            broken.add(Broken.forGood("planned: the plan of %s is told in %d events that don't go together"
                    .formatted(batch, batch.planned().size())));
        }
    }

    private void missing() {
        var missing = batch.missingParts();
        if (!missing.isEmpty()) {
            broken.add(Broken.soFar("planned: the plan of %s lacks parts %s".formatted(batch, missing)));
        }
    }

    private void reportsTwice() {
        var seen = new HashSet<String>();
        batch.planned().stream()
                .flatMap(part -> Stream.concat(part.all("reports").stream(), part.all("left_out").stream()))
                .map(entry -> entry.path("token").asText())
                .filter(token -> !seen.add(token))
                .forEach(token ->
                        broken.add(Broken.forGood("planned: the plan of %s names %s twice".formatted(batch, token))));
    }
}
