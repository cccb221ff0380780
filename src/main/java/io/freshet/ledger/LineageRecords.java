package io.freshet.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.LineageEventWriter;
import io.freshet.event.Presentation;
import io.freshet.event.RunEvent;
import io.freshet.ledger.StagedTransaction.OfEntry;
import io.freshet.telemetry.log.OncePerMinute;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * OpenLineage's records of a transaction, if there is a topic for them. One that can't be written is left out: nobody's run
 * waits for it.
 */
final class LineageRecords {

    private static final Logger LOG = Logger.getLogger(LineageRecords.class);

    /** Why one is left out. */
    enum Reason {
        TOO_LARGE,
        UNMAKEABLE,
        NOT_CONFIGURED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Optional<String> topic;
    private final LineageEventWriter events;
    private final LedgerMetrics metrics;
    private final OncePerMinute lines = new OncePerMinute();

    LineageRecords(Optional<String> topic, Presentation presentation, LedgerMetrics metrics) {
        this.topic = topic;
        this.events = new LineageEventWriter(presentation);
        this.metrics = metrics;
        topic.ifPresent(set -> Arrays.stream(Reason.values()).forEach(metrics::lineageLeftOut));
    }

    List<ProducerRecord<byte[], byte[]>> of(RunEvent event) {
        return topic.map(set -> made(set, event)).orElse(List.of());
    }

    private List<ProducerRecord<byte[], byte[]>> made(String to, RunEvent event) {
        try {
            var made = events.write(to, event);
            if (made.isEmpty()) {
                leftOut(Reason.NOT_CONFIGURED, event.report().key(), null);
            }
            return made;
        } catch (RuntimeException e) {
            leftOut(Reason.UNMAKEABLE, event.report().key(), e);
            return List.of();
        }
    }

    boolean has(OfEntry<ProducerRecord<byte[], byte[]>> record) {
        return topic.filter(record.what().topic()::equals).isPresent();
    }

    /** All but those that come with one which the topic doesn't take. */
    List<OfEntry<ProducerRecord<byte[], byte[]>>> without(
            Collection<OfEntry<ProducerRecord<byte[], byte[]>>> tooLarge,
            List<OfEntry<ProducerRecord<byte[], byte[]>>> all) {
        var origins = origins(tooLarge);
        Predicate<OfEntry<ProducerRecord<byte[], byte[]>>> isLeftOut =
                one -> has(one) && origins.contains(one.origin());
        all.stream()
                .filter(isLeftOut)
                .forEach(one -> leftOut(Reason.TOO_LARGE, new String(one.what().key(), UTF_8), null));
        return all.stream().filter(isLeftOut.negate()).toList();
    }

    static Set<Origin> origins(Collection<OfEntry<ProducerRecord<byte[], byte[]>>> records) {
        return records.stream().map(OfEntry::origin).collect(Collectors.toSet());
    }

    private void leftOut(Reason reason, String of, @Nullable RuntimeException failure) {
        metrics.lineageLeftOut(reason).increment();
        if (lines.isDue(reason.word())) {
            LOG.warnf(failure, "lineage=left_out reason=%s of=\"%s\"", reason.word(), of);
        }
    }
}
