package io.freshet.ledger;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The broker refuses a producer's next transaction while the markers of the last one are on their way (KIP-890). Another
 * producer needn't wait for them, so two take turns. Not for several threads.
 */
final class ProducerTurns implements AutoCloseable {

    private final List<LedgerProducer> producers;
    private int turn;

    ProducerTurns(Supplier<LedgerProducer> producer) {
        this.producers = Stream.generate(producer).limit(2).toList();
    }

    /** Whose turn it is. */
    LedgerProducer current() {
        return producers.get(turn);
    }

    /** Whose turn is next. */
    LedgerProducer next() {
        return producers.get(following());
    }

    /** The turn of the next one has come. */
    LedgerProducer pass() {
        turn = following();
        return current();
    }

    private int following() {
        return (turn + 1) % producers.size();
    }

    @Override
    public void close() {
        producers.forEach(LedgerProducer::close);
    }
}
