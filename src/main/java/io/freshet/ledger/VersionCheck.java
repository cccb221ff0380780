package io.freshet.ledger;

import io.freshet.event.NewerReaderNeeded;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Whether this replica may read what is stored. One that is too old must not guess: it leaves the group of the owners, so
 * that a newer one takes over, and doesn't come back.
 */
@ApplicationScoped
public class VersionCheck {

    private static final Logger LOG = Logger.getLogger(VersionCheck.class);

    private final OwnersGroup group;
    private final AtomicReference<@Nullable String> refusal = new AtomicReference<>();

    VersionCheck(OwnersGroup group) {
        this.group = group;
    }

    /** This record is for later versions only. The first one is told of. */
    public void refuse(NewerReaderNeeded record) {
        var why = record.getMessage()
                + ". This replica has left the group of the owners: run the version that wrote the record, or a later one";
        if (refusal.compareAndSet(null, why)) {
            LOG.errorf("version=too_old cause=\"%s\"", why);
            group.leave();
        }
    }

    /** Why this replica owns no workspace any more; empty if it may read all that it came across. */
    public Optional<String> refusal() {
        return Optional.ofNullable(refusal.get());
    }
}
