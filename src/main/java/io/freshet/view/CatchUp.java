package io.freshet.view;

import java.util.Optional;

/** How far the view knows what was written; told by the thread that reads, and asked by many. */
final class CatchUp {

    private volatile ViewProgress.State phase = ViewProgress.State.NOT_BEGUN;
    private volatile int percent;
    private volatile Optional<String> trouble = Optional.empty();

    /** Whoever was current once knows all but the last, and doesn't begin anew. */
    void catchingUp(int percent) {
        this.percent = percent;
        trouble = Optional.empty();
        phase = phase == ViewProgress.State.AWAY ? phase : ViewProgress.State.CATCHING_UP;
    }

    void following() {
        percent = 100;
        trouble = Optional.empty();
        phase = ViewProgress.State.FOLLOWING;
    }

    void away(String cause) {
        trouble = Optional.of(cause);
        phase = phase == ViewProgress.State.FOLLOWING ? ViewProgress.State.AWAY : phase;
    }

    ViewProgress progress(int unreadable) {
        return new ViewProgress(phase, percent, trouble, unreadable);
    }
}
