package io.freshet.mode;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.AbstractUni;
import io.smallrye.mutiny.operators.UniOperator;
import io.smallrye.mutiny.operators.uni.UniOperatorProcessor;
import io.smallrye.mutiny.subscription.UniSubscriber;

/**
 * Hears of a cancellation even where it meets the item on its way: whoever cancelled drops the item then, and Mutiny's
 * own {@code onCancellation} says nothing, as for it the work was done.
 */
final class OnEveryCancellation<T> extends UniOperator<T, T> {

    private final Runnable cancelled;

    /** @param cancelled may be called more than once, and also when the item has arrived */
    OnEveryCancellation(Uni<T> upstream, Runnable cancelled) {
        super(upstream);
        this.cancelled = cancelled;
    }

    @Override
    public void subscribe(UniSubscriber<? super T> subscriber) {
        AbstractUni.subscribe(upstream(), new UniOperatorProcessor<T, T>(subscriber) {
            @Override
            public void cancel() {
                super.cancel();
                cancelled.run();
            }
        });
    }
}
