package io.freshet.state;

import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** What the owner of a workspace leaves behind about its request limit, for whoever owns the workspace next. */
public sealed interface RequestLimit {

    <T> T fold(Function<Calling, T> calling, Function<HandedOver, T> handedOver);

    /** Mode is being called: without a hand-over nobody knows how many calls still count. */
    record Calling() implements RequestLimit {
        @Override
        public <T> T fold(Function<Calling, T> calling, Function<HandedOver, T> handedOver) {
            return calling.apply(this);
        }
    }

    /**
     * No call was under way, and none came after this.
     *
     * @param remaining how long each call still counts, from when the heir reads it
     * @param pause how long Mode asked to be left alone; zero if it didn't
     */
    record HandedOver(List<Duration> remaining, Duration pause) implements RequestLimit {
        public HandedOver {
            remaining = List.copyOf(remaining);
        }

        @Override
        public <T> T fold(Function<Calling, T> calling, Function<HandedOver, T> handedOver) {
            return handedOver.apply(this);
        }
    }
}
