package io.freshet;

import io.freshet.event.DeadLetter;
import io.freshet.event.EventReader;
import io.freshet.event.EventWriter;
import io.freshet.event.InboundRecord;
import io.freshet.event.Refresh;
import io.freshet.event.Topics;
import io.freshet.ledger.Ledger;
import io.freshet.ledger.LedgerEntry;
import io.freshet.state.RefreshRequest;
import io.freshet.telemetry.Telemetry;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * The second flow, on its way in: a refresh is entered into the ledger, where it joins what its report waits for, and
 * its position is committed with that. What follows from it is taken up by {@link RunDriver}.
 */
@ApplicationScoped
class KeepReportsFresh {

    private static final String TOO_LARGE =
            "With what its report stands for already, it is larger than %s takes: raise the topic's max.message.bytes.";

    private final EventReader reader = new EventReader();
    private final EventWriter writer = new EventWriter();
    private final KnownAccounts accounts;
    private final RefreshPartitions partitions;
    private final Ledger ledger;
    private final PostAtOnce postAtOnce;
    private final Topics topics;
    private final Telemetry telemetry;

    KeepReportsFresh(
            KnownAccounts accounts,
            RefreshPartitions partitions,
            Ledger ledger,
            PostAtOnce postAtOnce,
            Topics topics,
            Telemetry telemetry) {
        this.accounts = accounts;
        this.partitions = partitions;
        this.ledger = ledger;
        this.postAtOnce = postAtOnce;
        this.topics = topics;
        this.telemetry = telemetry;
    }

    /** Ends when all of it is committed, or another replica's. */
    @Incoming("refresh-requested")
    Uni<Void> keep(ConsumerRecords<byte[], byte[]> records) {
        var entries = new ArrayList<LedgerEntry>(records.count());
        records.forEach(record -> entries.add(entry(record)));
        var departures = postAtOnce.of(entries);
        return ledger.enter(departures.entries())
                .onItemOrFailure()
                .invoke(departures::entered)
                .replaceWithVoid();
    }

    private LedgerEntry entry(ConsumerRecord<byte[], byte[]> record) {
        var arrival = InboundRecord.of(record);
        return reader.readRefresh(arrival, accounts)
                .fold(refresh -> entry(arrival, refresh), (code, reason) -> deadLetter(arrival, code, reason));
    }

    private LedgerEntry entry(InboundRecord arrival, Refresh refresh) {
        if (partitions.of(refresh.report()) == arrival.partition()) {
            return new LedgerEntry.Refresh(
                    arrival.partition(),
                    arrival.offset(),
                    refresh.report(),
                    RefreshRequest.of(refresh),
                    () -> deadLetter(arrival, "too_large", TOO_LARGE.formatted(topics.reportRefreshes())));
        }
        // CommitResult by hand under another key: whoever owns the report must hear of it.
        var rekeyed = writer.write(topics.refreshRequested(), refresh);
        return new LedgerEntry.Forwarded(arrival.partition(), arrival.offset(), rekeyed, rekeyed);
    }

    private LedgerEntry.Forwarded deadLetter(InboundRecord arrival, String code, String reason) {
        telemetry.deadLetter(arrival, code, reason);
        var topic = topics.upstreamDataChangedDlq();
        return new LedgerEntry.Forwarded(
                arrival.partition(),
                arrival.offset(),
                DeadLetter.of(topic, arrival, code, reason),
                DeadLetter.withoutValue(topic, arrival, code, reason));
    }
}
