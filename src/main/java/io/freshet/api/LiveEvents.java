package io.freshet.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.view.ActivityFeed;
import io.freshet.view.ClusterView;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * What happens, and the status every other second, for all who look at this replica. They share one clock, which stops when
 * nobody looks, and one text of each event. A reader that is slow misses statuses, and is cut off by the feed if it is too slow.
 */
@ApplicationScoped
class LiveEvents {

    private static final Duration STATUS_EVERY = Duration.ofSeconds(2);
    /** So many may look at a time. */
    static final int MOST = 200;

    /** The feed ends for whoever is too slow. Statuses alone would go on, and the reader would never connect again. */
    private static final class CutOff extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final Semaphore places = new Semaphore(MOST);
    private final LongFunction<Multi<List<ActivityFeed.Numbered>>> feed;
    private final Supplier<Status> status;
    private final EventTexts texts;
    private final Multi<byte[]> statuses;

    @Inject
    LiveEvents(ClusterView view, Overview overview, ObjectMapper json) {
        this(view::after, overview::status, json, STATUS_EVERY);
    }

    LiveEvents(
            LongFunction<Multi<List<ActivityFeed.Numbered>>> feed,
            Supplier<Status> status,
            ObjectMapper json,
            Duration statusEvery) {
        this.feed = feed;
        this.status = status;
        this.texts = new EventTexts(json);
        this.statuses = Multi.createFrom()
                .ticks()
                .startingAfter(statusEvery)
                .every(statusEvery)
                .onOverflow()
                .drop()
                .map(tick -> present())
                .broadcast()
                .withCancellationAfterLastSubscriberDeparture()
                .toAllSubscribers();
    }

    /** What has happened after this number, what happens, and the status from now on; empty if too many look already. */
    Optional<Multi<byte[]>> after(long seen) {
        var first = present();
        return places.tryAcquire()
                ? Optional.of(stream(first, seen).onTermination().invoke(() -> places.release()))
                : Optional.empty();
    }

    private Multi<byte[]> stream(byte[] first, long seen) {
        var now = Multi.createFrom().item(first);
        var further = statuses.onOverflow().drop();
        var happened = feed.apply(seen).map(texts::happened).onCompletion().failWith(CutOff::new);
        return Multi.createBy()
                .merging()
                .withRequests(1)
                .streams(now, further, happened)
                .onFailure(CutOff.class)
                .recoverWithCompletion();
    }

    private byte[] present() {
        return texts.status(status.get());
    }
}
