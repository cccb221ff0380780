package io.freshet.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.freshet.event.ReportKey;
import io.freshet.ledger.StoredReportStates;
import io.freshet.testing.Scene;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports are looked for among many. */
@Tag("search")
class SearchBench {

    private static final int MANY = 10_000;
    private static final int FEW = 100;
    private static final int WARM_UP = 300;
    private static final int COUNTED = 100;
    private static final String MATCHES_ALL = "/api/v1/reports?q=by+region";

    private final HttpClient client = HttpClient.newHttpClient();

    private record Answers(List<Double> millis, int bytes) {}

    @Test
    void search() throws Exception {
        try (var scene = Scene.open()) {
            scene.topics().createAll(StoredReportStates.PARTITIONS);
            fill(scene);
            var application = scene.start(Map.of());
            application.awaitReady();
            Awaitility.await()
                    .atMost(Duration.ofMinutes(1))
                    .until(() ->
                            application.get("/api/v1/reports?limit=1").body().contains("\"count\":" + (MANY + FEW)));

            var address = application.url();
            var table = new Table(
                    "Search",
                    "%,d reports of one workspace; of %d questions each, milliseconds from a question to its whole answer of 100 reports,"
                                    .formatted(MANY, COUNTED)
                            + " through HTTP. The reference is the listing of another workspace that has %d reports."
                                    .formatted(FEW));
            ask(address, MATCHES_ALL, WARM_UP);
            ask(address, "/api/v1/reports?account=few", WARM_UP);
            for (var question :
                    new String[] {"&account=acme", "&account=acme&outcome=succeeded,failed", "&account=acme&order=age"
                    }) {
                var searched = ask(address, MATCHES_ALL + question, COUNTED);
                var listed = ask(address, "/api/v1/reports?account=few", COUNTED);
                table.row(
                        "p50, `q=by+region" + question + "`",
                        percentile(searched, 50),
                        percentile(listed, 50),
                        "≤ 100 ms");
                table.row("p99, the same", percentile(searched, 99), percentile(listed, 99), "≤ 100 ms");
                table.row("KB of the answer", searched.bytes() / 1000.0, listed.bytes() / 1000.0, "≤ 50");
            }
            table.publish();
        }
    }

    private static void fill(Scene scene) {
        var topic = scene.topics().name("freshet-state");
        var now = Instant.now();
        var sent = new ArrayList<Future<?>>();
        for (var n = 0; n < MANY + FEW; n++) {
            var report = new ReportKey(n < MANY ? "acme" : "few", "4e9047%06d".formatted(n));
            var name = Optional.of("Revenue and margin by region, weekly, no. " + n);
            sent.add(scene.topics().send(StoredReportStates.settled(topic, report, name, now.minusSeconds(n))));
        }
        scene.topics().flush(sent);
    }

    private Answers ask(URI application, String question, int times) throws Exception {
        var request = HttpRequest.newBuilder(application.resolve(question)).build();
        var millis = new ArrayList<Double>();
        var bytes = 0;
        for (var n = 0; n < times; n++) {
            var before = System.nanoTime();
            var answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            millis.add((System.nanoTime() - before) / 1e6);
            assertThat(answer.statusCode()).isEqualTo(200);
            bytes = answer.body().length;
        }
        return new Answers(millis, bytes);
    }

    private static double percentile(Answers answers, int percent) {
        return answers.millis().stream().sorted().toList().get(answers.millis().size() * percent / 100);
    }
}
