package io.freshet.mode;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** By how much another's clock was ahead of ours, the last times that it was seen. Not for several threads. */
final class SkewSamples {

    private static final int MOST = 16;
    /** With fewer than this, one odd one among them can't be told. */
    private static final int SEVERAL = 4;

    private final Deque<Duration> samples = new ArrayDeque<>();

    void add(Duration sample) {
        if (samples.size() == MOST) {
            samples.remove();
        }
        samples.add(sample);
    }

    boolean isEmpty() {
        return samples.isEmpty();
    }

    boolean areSeveral() {
        return samples.size() >= SEVERAL;
    }

    Duration lowest() {
        return inOrder().get(0);
    }

    /** The highest of this part of the samples, the lowest of them: of half, the median; of a quarter, the quartile. */
    Duration part(int part) {
        return inOrder().get((samples.size() - 1) / part);
    }

    private List<Duration> inOrder() {
        return samples.stream().sorted().toList();
    }
}
