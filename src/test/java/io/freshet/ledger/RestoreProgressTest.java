package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreProgressTest {

    private final RestoreProgress restoring = new RestoreProgress();

    @Test
    void shouldSayHowFarThePartitionIsThatIsFurthestBehind() {
        restoring.begin(List.of(0, 1, 2));
        restoring.at(List.of(0, 1), 80);
        restoring.at(List.of(2), 40);

        assertThat(restoring.partitions()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(restoring.percent()).contains(40);
    }

    @Test
    void shouldSayWhatHoldsItUpUntilItGoesOn() {
        restoring.begin(List.of(0));
        restoring.at(List.of(0), 40);

        restoring.failed(List.of(0), "the broker is away");
        assertThat(restoring.cause()).contains("the broker is away");
        assertThat(restoring.percent()).contains(0);

        restoring.at(List.of(0), 10);
        assertThat(restoring.cause()).isEmpty();
    }

    @Test
    void shouldForgetWhatIsDoneOrHasGone() {
        restoring.begin(List.of(0, 1));
        restoring.over(List.of(0, 1));

        restoring.at(List.of(1), 50);
        restoring.failed(List.of(1), "too late");

        assertThat(restoring.partitions()).isEmpty();
        assertThat(restoring.percent()).isEmpty();
        assertThat(restoring.cause()).isEmpty();
    }
}
