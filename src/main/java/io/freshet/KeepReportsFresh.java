package io.freshet;

import io.freshet.event.Arrival;
import io.freshet.event.DeadLetter;
import io.freshet.event.EventReader;
import io.freshet.event.EventWriter;
import io.freshet.event.Refresh;
import io.freshet.event.Topics;
import io.freshet.ledger.Entry;
import io.freshet.ledger.Ledger;
import io.freshet.ops.Story;
import io.freshet.refresh.Wish;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * The second flow, on its way in: a refresh is entered into the ledger, where it joins what its report waits for, and
 * its position is committed with that. What follows from it is taken up by {@link TakeSteps}.
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
    private final Story story;

    KeepReportsFresh(
            KnownAccounts accounts,
            RefreshPartitions partitions,
            Ledger ledger,
            PostAtOnce postAtOnce,
            Topics topics,
            Story story) {
        this.accounts = accounts;
        this.partitions = partitions;
        this.ledger = ledger;
        this.postAtOnce = postAtOnce;
        this.topics = topics;
        this.story = story;
    }

    /** Ends when all of it is committed, or another replica's. */
    @Incoming("refresh-requested")
    Uni<Void> keep(ConsumerRecords<byte[], byte[]> records) {
        var entries = new ArrayList<Entry>(records.count());
        records.forEach(record -> entries.add(entry(record)));
        var departures = postAtOnce.of(entries);
        return ledger.enter(departures.entries())
                .onItemOrFailure()
                .invoke(departures::entered)
                .replaceWithVoid();
    }

    private Entry entry(ConsumerRecord<byte[], byte[]> record) {
        var arrival = Arrival.of(record);
        return reader.readRefresh(arrival, accounts)
                .fold(refresh -> entry(arrival, refresh), (code, reason) -> deadLetter(arrival, code, reason));
    }

    private Entry entry(Arrival arrival, Refresh refresh) {
        if (partitions.of(refresh.report()) == arrival.partition()) {
            return new Entry.Wished(
                    arrival.partition(),
                    arrival.offset(),
                    refresh.report(),
                    Wish.of(refresh),
                    () -> deadLetter(arrival, "too_large", TOO_LARGE.formatted(topics.reportRefreshes())));
        }
        // Written by hand under another key: whoever owns the report must hear of it.
        var rekeyed = writer.write(topics.refreshRequested(), refresh);
        return new Entry.PassedOn(arrival.partition(), arrival.offset(), rekeyed, rekeyed);
    }

    private Entry.PassedOn deadLetter(Arrival arrival, String code, String reason) {
        story.deadLetter(arrival, code, reason);
        var topic = topics.upstreamDataChangedDlq();
        return new Entry.PassedOn(
                arrival.partition(),
                arrival.offset(),
                DeadLetter.of(topic, arrival, code, reason),
                DeadLetter.withoutValue(topic, arrival, code, reason));
    }
}
