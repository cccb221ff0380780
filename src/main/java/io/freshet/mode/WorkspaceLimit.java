package io.freshet.mode;

import io.freshet.mode.limit.BudgetUse;
import io.freshet.mode.limit.HandOver;
import io.freshet.mode.limit.Moment;
import io.freshet.mode.limit.TakeOver;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** The request limit of a workspace, for those who decide which replica has it. It is whole at the owner. */
public interface WorkspaceLimit {

    /** The workspace is this replica's, with the whole of its request limit. No call leaves before this. */
    void own(TakeOver how);

    /**
     * The workspace will be another's: no further call leaves.
     *
     * @return ends when none is under way
     */
    CompletionStage<Void> leave();

    /** The workspace is another's: no further call leaves. */
    void disown();

    boolean isOwned();

    /** What the next owner must know of the calls of this one. As {@link #disown}; empty while a call is under way. */
    Optional<HandOver> handOver();

    /** Until when it is sure that the workspace is this replica's. No call leaves later, before this is said again. */
    void lease(Moment until);

    BudgetUse use();

    /** All that people may see of it. */
    LimitStatus status();

    /** How many calls Mode has answered as itself. */
    long goodAnswers();
}
