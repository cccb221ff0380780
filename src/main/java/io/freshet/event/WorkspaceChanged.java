package io.freshet.event;

import java.time.Instant;
import java.util.Optional;

/**
 * Something that people should know of a workspace.
 *
 * @param what one word for machines, such as {@code held}
 * @param subject what it is about; empty where that is the workspace
 */
public record WorkspaceChanged(
        String account, String what, Optional<Subject> subject, String why, Optional<String> by, Instant at) {

    public static WorkspaceChanged now(WorkspaceFact fact) {
        return of(fact.key().kind().word(), fact);
    }

    /** The fact that was taken back, with who did so, why and when. */
    public static WorkspaceChanged noLonger(WorkspaceFact takenBack) {
        return of(takenBack.key().kind().undone(), takenBack);
    }

    private static WorkspaceChanged of(String what, WorkspaceFact fact) {
        var subject = Optional.of(fact.key().subject()).filter(one -> !one.equals(Subject.WORKSPACE));
        return new WorkspaceChanged(fact.key().account(), what, subject, fact.why(), fact.by(), fact.at());
    }
}
