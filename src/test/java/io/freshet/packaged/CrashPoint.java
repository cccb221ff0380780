package io.freshet.packaged;

import io.freshet.testing.Scene;
import java.util.List;
import java.util.stream.Stream;

/** Where the process is killed: as the method begins, by the name that it has in the code. */
enum CrashPoint {
    /** A change is judged, and not in the inbox. */
    BEFORE_INBOX("io.freshet.intake.Intake", "forward", 1),
    /** Changes are saved, and Mode hasn't said what they mean. */
    BEFORE_PLAN("io.freshet.run.PlanRefreshes", "plan", 1),
    /** Mode has said what they mean, and nothing of it is saved. */
    PLAN_UNWRITTEN("io.freshet.run.PlanRefreshes", "save", 1),
    /** A report's turn has come, and nothing says so yet. */
    BEFORE_INTENT("io.freshet.run.PostRun", "intend", 1),
    /** The intent is committed, and the POST hasn't left. */
    BEFORE_POST("io.freshet.run.PostRun", "post", 2),
    /** Mode has the POST, and an answer has come that nobody has read. */
    ANSWER_UNREAD("io.freshet.mode.Dispatcher", "answered", 1),
    /** The answer is read, and not written. */
    ANSWER_UNWRITTEN("io.freshet.run.PostRun", "after", 1),
    /** States, events and offsets are sent, and not committed. */
    BEFORE_COMMIT("io.freshet.ledger.TransactionWriter", "commit", 3),
    /** They are committed, and nobody here knows. */
    AFTER_COMMIT("io.freshet.ledger.LedgerWriter", "done", 3),
    /** A run's end is known, and not written. */
    END_UNWRITTEN("io.freshet.state.Running", "finished", 1),
    /** A dataset has come to its end, and its reports are about to be released. */
    BEFORE_RELEASE("io.freshet.ledger.ReleaseReports", "take", 2),
    /** A new owner reads the memory back. */
    MID_RESTORE("io.freshet.ledger.PartitionImage", "enter", 2);

    final String type;
    final String method;
    /** How often it must be reached, where nothing is left to chance. */
    final int hits;

    CrashPoint(String type, String method, int hits) {
        this.type = type;
        this.method = method;
        this.hits = hits;
    }

    /** Those of the round without chance in which only reports are run. */
    static List<CrashPoint> ofReportsAlone() {
        return List.of(BEFORE_INBOX, PLAN_UNWRITTEN, BEFORE_POST, ANSWER_UNREAD, BEFORE_COMMIT, END_UNWRITTEN);
    }

    /** All others: those of the round in which datasets are run before. */
    static List<CrashPoint> ofDatasetsFirst() {
        return Stream.of(values())
                .filter(point -> !ofReportsAlone().contains(point))
                .toList();
    }

    /**
     * Answers come to other calls as well, and there is nothing to lose before the first POST.
     *
     * @param posts how many there were before the process was started
     */
    boolean counts(Scene scene, int posts) {
        return this != ANSWER_UNREAD || scene.sandbox().calls().posts().size() > posts;
    }
}
