package io.freshet.replica;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** Who has which partition of the inbox, as the brokers see it. */
interface OwnersAssignment {

    /** The owner of each partition that is somebody's now. Fails if no broker says. */
    CompletionStage<Map<Integer, WorkspaceOwner>> owners();
}
