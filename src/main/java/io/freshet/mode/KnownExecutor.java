package io.freshet.mode;

import io.freshet.workspace.Credentials;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whom Mode names as the executor of what is posted with the present credential. Another credential may be another user's.
 * The calls read theirs through this, so that it is known without being read once more.
 */
final class KnownExecutor implements Supplier<Credentials> {

    private record Learnt(Optional<Credentials> with, String executor) {}

    private final Supplier<Credentials> credentials;
    private volatile Optional<Credentials> present = Optional.empty();
    private volatile @Nullable Learnt learnt;

    KnownExecutor(Supplier<Credentials> credentials) {
        this.credentials = credentials;
    }

    @Override
    public Credentials get() {
        var read = credentials.get();
        present = Optional.of(read);
        return read;
    }

    /** A run was posted with the present credential, and Mode names its executor. */
    void of(ReportRun run) {
        run.executedBy().ifPresent(by -> learnt = new Learnt(present, by));
    }

    /** Empty if nothing was posted with this credential yet. */
    Optional<String> known() {
        return Optional.ofNullable(learnt)
                .filter(known -> known.with().equals(present))
                .map(Learnt::executor);
    }
}
