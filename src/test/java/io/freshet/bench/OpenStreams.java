package io.freshet.bench;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;

/** So many who look at the events as they happen, and read nothing of it. */
final class OpenStreams implements AutoCloseable {

    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger turnedAway = new AtomicInteger();
    private final List<CompletableFuture<HttpResponse<Void>>> all;

    private OpenStreams(URI events, int count) {
        var client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        var request = HttpRequest.newBuilder(events).build();
        this.all = IntStream.range(0, count)
                .mapToObj(n -> client.sendAsync(request, this::discarding))
                .toList();
    }

    /** Returns when each of them has its answer. */
    static OpenStreams of(URI application, int count) {
        var streams = new OpenStreams(application.resolve("/api/v1/events"), count);
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> streams.open() + streams.turnedAway() == count);
        return streams;
    }

    private HttpResponse.BodySubscriber<Void> discarding(HttpResponse.ResponseInfo answer) {
        (answer.statusCode() == 200 ? open : turnedAway).incrementAndGet();
        return BodySubscribers.discarding();
    }

    int open() {
        return open.get();
    }

    int turnedAway() {
        return turnedAway.get();
    }

    @Override
    public void close() {
        all.forEach(one -> one.cancel(true));
    }
}
