package io.freshet.telemetry;

import io.freshet.event.BatchEvent;
import io.freshet.event.Change;
import io.freshet.event.ChangeKey;
import io.freshet.event.ChangeSettled;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/** The changes of this replica's workspaces that are not settled: how many, for how long, and what they weigh. */
@ApplicationScoped
public class OpenChanges {

    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, OfAccount> accounts = new ConcurrentHashMap<>();
    /** Those of which more came in since {@link #grown} was asked. */
    private final Set<String> grown = ConcurrentHashMap.newKeySet();

    private final AtomicLong bytes = new AtomicLong();

    /**
     * What is open of one workspace.
     *
     * @param bytes about so much memory
     */
    public record InHand(int changes, long bytes) {}

    private record Open(Instant sentAt, int bytes) {}

    OpenChanges(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** When each of them was sent, those that were read first in front. */
    private static final class OfAccount {
        private final Map<Long, Open> changes = new LinkedHashMap<>();
        private long bytes;
        private volatile boolean isWaiting;

        /** How much heavier it is now. */
        synchronized int open(Change change) {
            var one = new Open(change.place().timestamp(), change.bytes());
            var before = changes.put(ChangeKey.of(change).digest(), one);
            var more = one.bytes() - (before == null ? 0 : before.bytes());
            bytes += more;
            return more;
        }

        /** How much lighter it is now. */
        synchronized int settle(long digest) {
            var settled = changes.remove(digest);
            var less = settled == null ? 0 : settled.bytes();
            bytes -= less;
            return less;
        }

        synchronized long clear() {
            var less = bytes;
            changes.clear();
            bytes = 0;
            return less;
        }

        synchronized int count() {
            return changes.size();
        }

        synchronized InHand inHand() {
            return new InHand(changes.size(), bytes);
        }

        synchronized Duration oldest(Instant now) {
            return changes.values().stream()
                    .findFirst()
                    .map(Open::sentAt)
                    .filter(now::isAfter)
                    .map(at -> Duration.between(at, now))
                    .orElse(Duration.ZERO);
        }
    }

    public void opened(Change change) {
        bytes.addAndGet(of(change.account()).open(change));
        grown.add(change.account());
    }

    public void told(BatchEvent event) {
        event.<Boolean>fold(planned -> true, settled -> {
            settled(settled);
            return true;
        });
    }

    private void settled(ChangeSettled event) {
        var account = event.batch().account();
        bytes.addAndGet(-of(account)
                .settle(ChangeKey.digest(event.change().source(), event.change().id())));
        metrics.counter(
                        "freshet.changes.settled",
                        "account",
                        account,
                        "outcome",
                        event.settlement().outcome().word())
                .increment();
    }

    /** What all of them weigh. */
    public long bytes() {
        return bytes.get();
    }

    /** The workspaces of which more came in since this was asked last, in no order. */
    public List<InHand> grown() {
        var since = List.copyOf(grown);
        since.forEach(grown::remove); // first: what comes in from here on is seen now, or at the next look
        return since.stream().map(account -> of(account).inHand()).toList();
    }

    /** By account. It looks at each, so it isn't for every batch. */
    public Map<String, InHand> inHand() {
        var all = new TreeMap<String, InHand>();
        accounts.forEach((account, open) -> all.put(account, open.inHand()));
        return all;
    }

    /** These workspaces take no more changes for now, and all others do. */
    public void waiting(Set<String> full) {
        accounts.forEach((account, open) -> open.isWaiting = full.contains(account));
    }

    /** The workspaces that take no more changes for now. */
    public Set<String> waiting() {
        var all = new TreeSet<String>();
        accounts.forEach((account, open) -> {
            if (open.isWaiting) {
                all.add(account);
            }
        });
        return all;
    }

    /** All that is open in these workspaces is this. */
    public void restored(Predicate<String> theirs, Map<ChangeKey, Change> open) {
        left(theirs);
        open.values().forEach(this::opened);
    }

    /** The workspaces have gone to another replica. */
    public void left(Predicate<String> gone) {
        accounts.forEach((account, open) -> {
            if (gone.test(account)) {
                bytes.addAndGet(-open.clear());
            }
        });
    }

    private OfAccount of(String account) {
        return accounts.computeIfAbsent(account, this::measured);
    }

    private OfAccount measured(String account) {
        var open = new OfAccount();
        Gauge.builder("freshet.changes.open", open, OfAccount::count)
                .description("changes of this replica's workspaces that are not settled")
                .tag("account", account)
                .register(metrics);
        Gauge.builder("freshet.inbox.waiting", open, one -> one.isWaiting ? 1 : 0)
                .description(
                        "1 while the workspace has as many open changes as it may, and further ones stay in the inbox")
                .tag("account", account)
                .register(metrics);
        TimeGauge.builder("freshet.changes.oldest", open, TimeUnit.MILLISECONDS, one -> one.oldest(clock.instant())
                        .toMillis())
                .description("how long ago the oldest of them was sent")
                .tag("account", account)
                .register(metrics);
        return open;
    }
}
