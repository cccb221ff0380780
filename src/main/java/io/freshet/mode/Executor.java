package io.freshet.mode;

import io.freshet.workspace.Credentials;
import io.freshet.workspace.CredentialsUnreadable;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Whom Mode names as the executor of what is posted with the present credential. Another one may be another user's. */
final class Executor {

    private record Learnt(Credentials with, String executor) {}

    private final Supplier<Credentials> credentials;
    private volatile @Nullable Learnt learnt;

    Executor(Supplier<Credentials> credentials) {
        this.credentials = credentials;
    }

    /** A run was posted with the present credential, and Mode names its executor. */
    void of(ReportRun run) {
        run.executedBy().ifPresent(by -> present().ifPresent(with -> learnt = new Learnt(with, by)));
    }

    /** Empty if nothing was posted with this credential yet. */
    Optional<String> known() {
        return Optional.ofNullable(learnt)
                .filter(known -> present().filter(known.with()::equals).isPresent())
                .map(Learnt::executor);
    }

    private Optional<Credentials> present() {
        try {
            return Optional.of(credentials.get());
        } catch (CredentialsUnreadable e) {
            return Optional.empty();
        }
    }
}
