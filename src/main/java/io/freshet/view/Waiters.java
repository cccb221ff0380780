package io.freshet.view;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Who waits for changes to settle, whether they were seen yet or not. Plain Java, for one thread at a time. */
final class Waiters {

    private record Change(String account, long digest) {}

    private final int most;
    private final Map<Change, Set<CompletableFuture<ChangeStatus>>> waiting = new HashMap<>();
    private int count;

    Waiters(int most) {
        this.most = most;
    }

    boolean isFull() {
        return count >= most;
    }

    CompletableFuture<ChangeStatus> add(String account, long digest) {
        var waiter = new CompletableFuture<ChangeStatus>();
        waiting.computeIfAbsent(new Change(account, digest), first -> new HashSet<>())
                .add(waiter);
        count++;
        return waiter;
    }

    /** Nobody waits with it any more. */
    void remove(String account, long digest, CompletableFuture<ChangeStatus> waiter) {
        var change = new Change(account, digest);
        var those = waiting.get(change);
        if (those != null && those.remove(waiter)) {
            count--;
            if (those.isEmpty()) {
                waiting.remove(change);
            }
        }
    }

    /** Those that waited for it; they wait no longer. */
    Set<CompletableFuture<ChangeStatus>> take(String account, long digest) {
        var those = waiting.remove(new Change(account, digest));
        if (those == null) {
            return Set.of();
        }
        count -= those.size();
        return those;
    }
}
