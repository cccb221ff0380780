package io.freshet.run;

import java.util.Optional;

/**
 * Whether it is to be told that calls of one workspace are paused. A moment's trouble isn't worth an event, and whoever takes a
 * workspace over knows that Mode is well again only when it has answered. Plain Java, for one thread.
 *
 * @param answers how many good answers there were when the workspace was taken over
 * @param wasTroubled whether Mode was in trouble at the last look
 */
record Pause(long answers, boolean wasTroubled) {

    /** What is to be told now. */
    enum News {
        PAUSED,
        RESUMED
    }

    static Pause since(long answers) {
        return new Pause(answers, false);
    }

    /** @param isTold whether the last that was told is that they are paused */
    Optional<News> news(boolean isTroubled, long goodAnswers, boolean isTold) {
        if (isTroubled && wasTroubled && !isTold) {
            return Optional.of(News.PAUSED);
        }
        return !isTroubled && isTold && goodAnswers > answers ? Optional.of(News.RESUMED) : Optional.empty();
    }

    Pause looked(boolean isTroubled) {
        return new Pause(answers, isTroubled);
    }
}
