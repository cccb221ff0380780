package io.freshet.run;

import io.freshet.event.Change;
import io.freshet.intake.DeadLetterPublisher;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.plan.Batch;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.SortedSet;

/** Makes dead letters of changes that turn out to be no use when Mode is asked: their records are read again for that. */
@ApplicationScoped
class RefuseChanges {

    private final OriginalRecords originals;
    private final DeadLetterPublisher deadLetters;

    RefuseChanges(OriginalRecords originals, DeadLetterPublisher deadLetters) {
        this.originals = originals;
        this.deadLetters = deadLetters;
    }

    /** Mode has said for good that changes of this target mean nothing. */
    Uni<Void> refuse(Batch batch, Failure<?> failure) {
        var what = batch.target().fold(one -> "data source", one -> "space", one -> "dataset", one -> "report");
        var named = batch.target()
                .fold(
                        one -> one.token(),
                        one -> one.token(),
                        one -> String.join(", ", one.tokens()),
                        one -> one.token());
        if (failure.kind() == Kind.NOT_FOUND) {
            return publish(
                    batch.changes(),
                    what.replace(' ', '_') + "_not_found",
                    "Mode knows no %s %s in %s: correct the token, and check that the API key may see it."
                            .formatted(what, named, batch.account()));
        }
        return publish(
                batch.changes(),
                failure.kind().word(),
                "Mode refuses to tell what depends on the %s %s in %s: %s."
                        .formatted(what, named, batch.account(), failure.message()));
    }

    /** Some of the named datasets are unknown; nothing if none is. */
    Uni<Void> unknownDatasets(Batch batch, SortedSet<String> unknown) {
        return unknown.isEmpty()
                ? Uni.createFrom().voidItem()
                : publish(
                        batch.changes(),
                        "dataset_not_found",
                        "Mode knows no dataset %s in %s: correct the token. Its other datasets were refreshed."
                                .formatted(String.join(", ", unknown), batch.account()));
    }

    private Uni<Void> publish(List<Change> changes, String code, String reason) {
        var places = changes.stream().map(Change::place).toList();
        return originals.read(places).flatMap(found -> {
            var written = found.entrySet().stream()
                    .map(one -> one.getValue()
                            .map(record -> deadLetters.publish(record, code, reason))
                            .orElseGet(() -> deadLetters.publishGone(one.getKey(), code, reason)))
                    .toList();
            return Uni.join().all(written).andCollectFailures().replaceWithVoid();
        });
    }
}
