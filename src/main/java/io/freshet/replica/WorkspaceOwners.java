package io.freshet.replica;

import io.freshet.event.WorkspacePartitions;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Finds the owner of a workspace. The brokers are asked when somebody wants to know, and no more than once a second. */
@ApplicationScoped
public class WorkspaceOwners {

    private static final Duration GOOD_FOR = Duration.ofSeconds(1);

    private record Answer(Instant askedAt, CompletionStage<Map<Integer, WorkspaceOwner>> owners) {}

    private final OwnersAssignment assignment;
    private final WorkspacePartitions partitions;
    private final Clock clock;
    private @Nullable Answer last;

    WorkspaceOwners(OwnersAssignment assignment, WorkspacePartitions partitions, Clock clock) {
        this.assignment = assignment;
        this.partitions = partitions;
        this.clock = clock;
    }

    /** Empty while it is nobody's. Fails if no broker says. */
    public Uni<Optional<WorkspaceOwner>> of(String account) {
        return Uni.createFrom()
                .completionStage(this::owners)
                .map(owners -> Optional.ofNullable(owners.get(partitions.of(account))));
    }

    private synchronized CompletionStage<Map<Integer, WorkspaceOwner>> owners() {
        var now = clock.instant();
        if (last == null || !now.isBefore(last.askedAt().plus(GOOD_FOR))) {
            last = new Answer(now, assignment.owners());
        }
        return last.owners();
    }
}
