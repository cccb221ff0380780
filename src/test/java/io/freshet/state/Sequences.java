package io.freshet.state;

import java.util.stream.LongStream;

/** Which sequences are simulated: the same ones each time, with {@code -Pchaos} 20 times as many. */
final class Sequences {

    private Sequences() {}

    static int wanted(int usually) {
        return usually * Math.max(1, Integer.getInteger("freshet.chaos.rounds", 0));
    }

    /** Or one of them, with {@code -Dfreshet.seed}, to see it again. */
    static LongStream seeds(int count) {
        var given = Long.getLong("freshet.seed");
        return given == null ? LongStream.range(0, count) : LongStream.of(given);
    }
}
