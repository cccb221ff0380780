package io.freshet.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.NewerReaderNeeded;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class VersionCheckTest {

    private final AtomicInteger left = new AtomicInteger();
    private final VersionCheck version = new VersionCheck(left::incrementAndGet);

    @Test
    void shouldSayNothingWhileAllCanBeRead() {
        assertThat(version.refusal()).isEmpty();
        assertThat(left).hasValue(0);
    }

    @Test
    void shouldLeaveTheGroupOnceAndSayWhichRecordItWas() {
        version.refuse(new NewerReaderNeeded(3).of("acme/reports/r1 (freshet-state-2@7)"));

        version.refuse(new NewerReaderNeeded(3).of("acme/limit (freshet-state-2@8)"));

        assertThat(left).hasValue(1);
        assertThat(version.refusal())
                .contains(
                        "acme/reports/r1 (freshet-state-2@7) can't be read: it is for version 3 of the stored form and later,"
                                + " and this replica reads up to version 2. This replica has left the group of the owners:"
                                + " run the version that wrote the record, or a later one");
    }
}
