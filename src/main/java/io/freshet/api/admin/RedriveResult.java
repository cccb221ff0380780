package io.freshet.api.admin;

import io.freshet.event.StoredDeadLetter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has come of an order, or would.
 *
 * @param dryRun nothing was written
 * @param letters those that were written to their topics again, or would be
 * @param refused those that were wanted and are not to be written again, the first of them
 * @param alreadyRedriven how many were wanted and had been written again before
 * @param more there are more that were wanted than the limit allows
 */
record RedriveResult(boolean dryRun, List<Row> letters, List<Row> refused, int alreadyRedriven, boolean more) {

    /**
     * One dead letter.
     *
     * @param redrives how often it was written again before
     * @param hasIdentity its CloudEvents identity goes with it: what it did already it doesn't do again. Without one
     *     it is a new change, and makes one more run at worst
     * @param refused why it is not to be written again
     */
    record Row(
            int partition,
            long offset,
            String topic,
            String code,
            String reason,
            int redrives,
            boolean hasIdentity,
            @Nullable String refused) {

        static Row of(StoredDeadLetter letter, @Nullable String refused) {
            return new Row(
                    letter.buried().partition(),
                    letter.buried().offset(),
                    letter.topic(),
                    letter.code(),
                    letter.reason(),
                    letter.redrives(),
                    letter.hasIdentity(),
                    refused);
        }
    }
}
