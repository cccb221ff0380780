package io.freshet.intake;

import io.freshet.event.Accounts;
import io.freshet.event.Change;
import io.freshet.event.Decoded;
import io.freshet.event.EventReader;
import io.freshet.event.InboundRecord;
import io.freshet.event.Topics;
import java.time.Instant;

/** What a record of a public topic says, or what is wrong with it; one with too many bytes isn't looked into. */
public final class InputReader {

    private static final String TOO_LARGE =
            "It has %d bytes, and records of more than %d aren't read: send the change without"
                    + " what Freshet doesn't need, or raise freshet.intake.max-record-bytes.";

    private final EventReader reader = new EventReader();
    private final Accounts accounts;
    private final Topics topics;
    private final int mostBytes;

    /** @param mostBytes a larger record isn't read */
    public InputReader(Accounts accounts, Topics topics, int mostBytes) {
        this.accounts = accounts;
        this.topics = topics;
        this.mostBytes = mostBytes;
    }

    /** @param now the time of arrival */
    public Decoded<Change> read(InboundRecord record, Instant now) {
        if (record.bytes() > mostBytes) {
            return new Decoded.Unusable<>("too_large", TOO_LARGE.formatted(record.bytes(), mostBytes));
        }
        return record.topic().equals(topics.refreshRequested())
                ? reader.readRefresh(record, accounts, now)
                : reader.readChange(record, accounts, now);
    }
}
