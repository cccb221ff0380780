package io.freshet.testing;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What a change was settled with is what the ends of its batch's reports come to. */
final class SettledTruly {

    private static final Set<String> DATA = Set.of("fresh", "stale", "unknown");

    private final Batch batch;
    private final Counts known;
    private final boolean isAllKnown;

    private SettledTruly(Batch batch) {
        this.batch = batch;
        this.known = Counts.of(batch);
        this.isAllKnown = batch.hasAllEnds();
    }

    static List<Broken> broken(History history) {
        return Batch.all(history).stream()
                .map(SettledTruly::new)
                .flatMap(truly -> truly.batch.settled().stream().flatMap(truly::wrong))
                .toList();
    }

    private Stream<Broken> wrong(Event settled) {
        return Stream.of(counts(settled), outcome(settled), data(settled)).flatMap(found -> found);
    }

    private Stream<Broken> counts(Event settled) {
        var said = Counts.said(settled);
        var isWrong = said.areLessThan(known) || (isAllKnown && !said.equals(known));
        return isWrong ? wrong(settled, "with %s, and its reports came to %s".formatted(said, known)) : Stream.empty();
    }

    private Stream<Broken> outcome(Event settled) {
        var follows = follows(settled);
        return settled.text("outcome").equals(follows)
                ? Stream.empty()
                : wrong(
                        settled,
                        "as %s, and from its own numbers %s follows".formatted(settled.text("outcome"), follows));
    }

    /** A dataset that Mode doesn't know has no report that could have ended badly. */
    private static String follows(Event settled) {
        var counts = Counts.said(settled);
        var isWhole = counts.bad() == 0
                && settled.all("not_succeeded").stream()
                        .noneMatch(one -> one.path("reason").asText().equals("dataset_not_found"));
        if (settled.text("outcome").equals("refused") && counts.succeeded() + counts.bad() == 0) {
            return "refused";
        }
        if (counts.succeeded() == 0) {
            return isWhole ? "nothing_to_do" : "failed";
        }
        return isWhole ? "succeeded" : "partly";
    }

    private Stream<Broken> data(Event settled) {
        return DATA.contains(settled.text("data"))
                ? Stream.empty()
                : wrong(settled, "with data \"%s\"".formatted(settled.text("data")));
    }

    private Stream<Broken> wrong(Event settled, String how) {
        return Stream.of(Broken.forGood(
                "settled: change %s was settled with batch %s %s".formatted(settled.change(), batch.number(), how)));
    }
}
