package io.freshet.simulation;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;

/** Metrics that throw now and then, as a registry may that somebody has filled with filters and exporters. */
final class ShakyMetrics extends SimpleMeterRegistry {

    private final Trouble trouble;

    ShakyMetrics(Trouble trouble) {
        this.trouble = trouble;
    }

    @Override
    protected Counter newCounter(Meter.Id id) {
        var counter = super.newCounter(id);
        return new Counter() {
            @Override
            public void increment(double amount) {
                trouble.maybeThrow();
                counter.increment(amount);
            }

            @Override
            public double count() {
                return counter.count();
            }

            @Override
            public Id getId() {
                return id;
            }
        };
    }
}
