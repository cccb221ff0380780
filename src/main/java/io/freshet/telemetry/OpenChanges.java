package io.freshet.telemetry;

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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** The changes of this replica's workspaces that are not settled: how many, and for how long. */
@ApplicationScoped
public class OpenChanges {

    private final MeterRegistry metrics;
    private final Clock clock;
    private final Map<String, OfAccount> accounts = new ConcurrentHashMap<>();

    OpenChanges(MeterRegistry metrics, Clock clock) {
        this.metrics = metrics;
        this.clock = clock;
    }

    /** When each of them was sent, those that were read first in front. */
    private static final class OfAccount {
        private final Map<Long, Instant> sentAt = new LinkedHashMap<>();

        synchronized void open(ChangeKey key, Instant at) {
            sentAt.put(key.digest(), at);
        }

        synchronized void settle(long digest) {
            sentAt.remove(digest);
        }

        synchronized void clear() {
            sentAt.clear();
        }

        synchronized int count() {
            return sentAt.size();
        }

        synchronized Duration oldest(Instant now) {
            return sentAt.values().stream()
                    .findFirst()
                    .filter(now::isAfter)
                    .map(at -> Duration.between(at, now))
                    .orElse(Duration.ZERO);
        }
    }

    public void opened(Change change) {
        of(change.account()).open(ChangeKey.of(change), change.place().timestamp());
    }

    public void settled(ChangeSettled event) {
        var account = event.batch().account();
        of(account)
                .settle(ChangeKey.digest(event.change().source(), event.change().id()));
        metrics.counter(
                        "freshet.changes.settled",
                        "account",
                        account,
                        "outcome",
                        event.settlement().outcome().word())
                .increment();
    }

    /** The workspaces have gone to another replica. */
    public void left(Predicate<String> gone) {
        accounts.forEach((account, open) -> {
            if (gone.test(account)) {
                open.clear();
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
        TimeGauge.builder("freshet.changes.oldest", open, TimeUnit.MILLISECONDS, one -> one.oldest(clock.instant())
                        .toMillis())
                .description("how long ago the oldest of them was sent")
                .tag("account", account)
                .register(metrics);
        return open;
    }
}
