package io.freshet.mode;

import io.freshet.workspace.Workspace;
import java.util.function.BooleanSupplier;

/** Where HTTP begins. */
interface ModeConnector {

    /**
     * @param atOnce how many calls all workspaces of its URL may have under way together
     * @param mayLeave asked once more when a connection waits for the request, and nothing is left but to write it
     */
    ModeApi connect(Workspace workspace, int atOnce, BooleanSupplier mayLeave);
}
