package io.freshet.sandbox;

import java.time.Duration;

/** An answer, and what becomes of it on the wire. */
record Reply(Manner manner, Answer answer, Duration delay) {

    enum Manner {
        ANSWERED,
        CUT,
        SILENT,
        HALVED,
        DRIPPING,
        FLOODING
    }

    static Reply of(Answer answer) {
        return new Reply(Manner.ANSWERED, answer, Duration.ZERO);
    }

    static Reply late(Answer answer, Duration delay) {
        return new Reply(Manner.ANSWERED, answer, delay);
    }

    static Reply cut(Answer answer) {
        return new Reply(Manner.CUT, answer, Duration.ZERO);
    }

    static Reply silence(Answer answer) {
        return new Reply(Manner.SILENT, answer, Duration.ZERO);
    }
}
