package io.freshet.view;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** Who waits for changes to settle, whether they were seen yet or not. Plain Java, for one thread at a time. */
final class Waiters {

    private record Change(String account, long digest) {}

    private final int most;
    private final Map<Change, List<CompletableFuture<ChangeStatus>>> waiting = new HashMap<>();
    private int count;

    Waiters(int most) {
        this.most = most;
    }

    boolean isFull() {
        return count >= most;
    }

    CompletableFuture<ChangeStatus> add(String account, long digest) {
        var waiter = new CompletableFuture<ChangeStatus>();
        waiting.computeIfAbsent(new Change(account, digest), first -> new ArrayList<>())
                .add(waiter);
        count++;
        return waiter;
    }

    /** Nobody waits with it any more. */
    void remove(String account, long digest, CompletableFuture<ChangeStatus> waiter) {
        var change = new Change(account, digest);
        var those = waiting.get(change);
        if (those != null && those.removeIf(one -> one == waiter)) {
            count--;
            if (those.isEmpty()) {
                waiting.remove(change);
            }
        }
    }

    /** Those that waited for it; they wait no longer. */
    List<CompletableFuture<ChangeStatus>> take(String account, long digest) {
        var those = waiting.remove(new Change(account, digest));
        if (those == null) {
            return List.of();
        }
        count -= those.size();
        return those;
    }
}
