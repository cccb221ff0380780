package io.freshet.intake;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.util.ArrayList;
import java.util.List;

/** How much has been read and is not yet written on. When it is too much, the next records stay in Kafka. */
final class InFlight {

    private final int mostRecords;
    private final long mostBytes;
    private final List<UniEmitter<? super Void>> full = new ArrayList<>();
    private int records;
    private long bytes;

    InFlight(int mostRecords, long mostBytes) {
        this.mostRecords = mostRecords;
        this.mostBytes = mostBytes;
    }

    /** One more. Ends when there is room for another. */
    Uni<Void> add(int size) {
        return Uni.createFrom().emitter(emitter -> {
            if (hasRoomAfter(size, emitter)) {
                emitter.complete(null);
            }
        });
    }

    private synchronized boolean hasRoomAfter(int size, UniEmitter<? super Void> emitter) {
        records++;
        bytes += size;
        return hasRoom() || !full.add(emitter);
    }

    /** One less. */
    void done(int size) {
        waitingFor(size).forEach(emitter -> emitter.complete(null));
    }

    private synchronized List<UniEmitter<? super Void>> waitingFor(int size) {
        records--;
        bytes -= size;
        if (!hasRoom()) {
            return List.of();
        }
        var waiting = List.copyOf(full);
        full.clear();
        return waiting;
    }

    private boolean hasRoom() {
        return records < mostRecords && bytes < mostBytes;
    }

    synchronized int count() {
        return records;
    }
}
