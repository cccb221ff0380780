package io.freshet.sandbox;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The workspaces of one Mode, each with a door of its own: the account in the path says which. */
final class FrontDoors implements Handler<HttpServerRequest> {

    private final Map<String, FrontDoor> byAccount = new ConcurrentHashMap<>();
    private final TroubleDoor trouble;
    private volatile @Nullable FrontDoor first;

    /** @param trouble of the first workspace */
    FrontDoors(TroubleDoor trouble) {
        this.trouble = trouble;
    }

    FrontDoor open(String account, FrontDoor door) {
        byAccount.put(account, door);
        first = first == null ? door : first;
        return door;
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (request.path().equals(TroubleDoor.PATH)) {
            trouble.handle(request);
            return;
        }
        byAccount
                .getOrDefault(account(request.path()), Objects.requireNonNull(first))
                .handle(request);
    }

    /** The first workspace answers for what is in none, or in an unknown one. */
    private static String account(String path) {
        var parts = path.split("/", 4);
        return parts.length > 2 ? parts[2] : "";
    }
}
