package io.freshet.mode;

import io.freshet.mode.limit.BudgetUse;
import java.util.List;
import java.util.Optional;

/**
 * How the request limit of a workspace is used, as this replica sees it.
 *
 * @param isPaused whether this replica owns the workspace, and holds calls back although some are free
 * @param circuit why no calls leave but one at a time that finds out whether Mode is well again
 * @param calls those of the last minutes, the oldest first
 */
public record LimitStatus(BudgetUse use, boolean isPaused, Optional<Trouble> circuit, List<CallsInSpan> calls) {

    public LimitStatus {
        calls = List.copyOf(calls);
    }
}
