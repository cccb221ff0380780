package io.freshet.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import org.junit.jupiter.api.Test;

/** What is read and not yet written on is bounded, in records and in bytes. */
class InFlightTest {

    private final InFlight inFlight = new InFlight(3, 100);

    private UniAssertSubscriber<Void> add(int size) {
        return inFlight.add(size).subscribe().withSubscriber(UniAssertSubscriber.create());
    }

    @Test
    void shouldLetTheNextRecordComeWhileThereIsRoom() {
        add(10).assertCompleted();
        add(10).assertCompleted();

        assertThat(inFlight.count()).isEqualTo(2);
    }

    @Test
    void shouldHoldTheNextRecordWhileThereAreTooMany() {
        add(10);
        add(10);
        var third = add(10);
        third.assertNotTerminated();

        inFlight.done(10);

        third.assertCompleted();
        assertThat(inFlight.count()).isEqualTo(2);
    }

    @Test
    void shouldHoldTheNextRecordWhileThereAreTooManyBytes() {
        add(60);
        var second = add(60);
        second.assertNotTerminated();

        inFlight.done(60);

        second.assertCompleted();
    }

    @Test
    void shouldGoOnHoldingUntilThereIsRoom() {
        add(60);
        add(60);
        var third = add(60);

        inFlight.done(60);
        third.assertNotTerminated();
        inFlight.done(60);

        third.assertCompleted();
    }

    @Test
    void shouldTakeARecordThatIsLargerThanAllThatMayBeInFlight() {
        var large = add(1_000);
        large.assertNotTerminated();

        inFlight.done(1_000);

        large.assertCompleted();
        add(10).assertCompleted();
    }
}
