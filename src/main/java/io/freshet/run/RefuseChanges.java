package io.freshet.run;

import io.freshet.event.Change;
import io.freshet.intake.DeadLetterPublisher;
import io.freshet.plan.Batch;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Makes dead letters of changes that turn out to be no use when Mode is asked: their records are read again for that. */
@ApplicationScoped
class RefuseChanges {

    private final OriginalRecords originals;
    private final DeadLetterPublisher deadLetters;

    RefuseChanges(OriginalRecords originals, DeadLetterPublisher deadLetters) {
        this.originals = originals;
        this.deadLetters = deadLetters;
    }

    /** Ends when all of them are written. */
    Uni<Void> refuse(Batch batch, Refused why) {
        var places = batch.changes().stream().map(Change::place).toList();
        return originals.read(places).flatMap(found -> {
            var written = found.entrySet().stream()
                    .map(one -> one.getValue()
                            .map(record -> deadLetters.publish(record, why.code(), why.reason()))
                            .orElseGet(() -> deadLetters.publishGone(one.getKey(), why.code(), why.reason())))
                    .toList();
            return Uni.join().all(written).andCollectFailures().replaceWithVoid();
        });
    }
}
