package io.freshet.api.admin;

import static io.freshet.replica.ReplicaWiring.owner;
import static io.freshet.replica.ReplicaWiring.thisReplica;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.freshet.api.Problem;
import io.freshet.replica.WorkspaceOwner;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replica that doesn't own the workspace, and an owner that is played. */
class PassOnTest {

    private static final Duration ENOUGH = Duration.ofSeconds(30);
    private static final String OWN_ADDRESS = "http://127.0.0.2:8080";

    /** What the owner has heard. */
    private record Heard(String method, String address, HttpExchange exchange, String body) {

        Optional<String> header(String name) {
            return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name));
        }
    }

    private final Vertx vertx = Vertx.vertx();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private int status = 200;
    private String answer = "{\"done\": true}";

    PassOnTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void listen() {
        server.createContext("/", this::hear);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        threads.shutdownNow();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void hear(HttpExchange exchange) throws IOException {
        heard.add(new Heard(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                exchange,
                new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
        if (status == 0) {
            exchange.close(); // as one that dies
            return;
        }
        var body = answer.getBytes(UTF_8);
        exchange.getResponseHeaders()
                .add("Content-Type", status < 400 ? "application/json;charset=UTF-8" : Problem.TYPE);
        exchange.getResponseHeaders().add("Retry-After", "7");
        exchange.getResponseHeaders().add("Set-Cookie", "a=b");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private WorkspaceOwner heardHere() {
        return owner("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private Response pass(AskedRequest asked, WorkspaceOwner to) {
        return pass(asked, Optional.of(to), Optional.of(OWN_ADDRESS), "127.0.0.*");
    }

    private Response pass(AskedRequest asked, Optional<WorkspaceOwner> to, Optional<String> ownAddress, String hosts) {
        return passOn(ownAddress, hosts).pass(asked, "acme", to).await().atMost(ENOUGH);
    }

    private PassOn passOn(Optional<String> ownAddress, String hosts) {
        return new PassOn(thisReplica(ownAddress, hosts), new RequestTimeout(() -> Duration.ofSeconds(10)), vertx);
    }

    private static AskedRequest asked(HttpMethod method, String address, String body, String... headers) {
        var map = MultiMap.caseInsensitiveMultiMap().add("authorization", "Bearer one");
        for (var n = 0; n < headers.length; n += 2) {
            map.add(headers[n], headers[n + 1]);
        }
        return new AskedRequest(method, address, map, Buffer.buffer(body));
    }

    private static AskedRequest get() {
        return asked(HttpMethod.GET, "/api/v1/workspaces/acme/datasets/d", "");
    }

    @Test
    void shouldAskTheSameWithTheCredentialAndAnswerTheSame() {
        var patch = asked(
                HttpMethod.PATCH,
                "/api/v1/workspaces/acme/datasets/d?a=%2F&b",
                "{\"name\": \"é\"}",
                "content-type",
                "application/json",
                "cookie",
                "a=b",
                "host",
                "freshet.example.com");

        var got = pass(patch, heardHere());

        assertThat(heard).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("PATCH");
            assertThat(request.address()).isEqualTo("/api/v1/workspaces/acme/datasets/d?a=%2F&b");
            assertThat(request.body()).isEqualTo("{\"name\": \"é\"}");
            assertThat(request.header("Authorization")).contains("Bearer one");
            assertThat(request.header("Content-Type")).contains("application/json");
            assertThat(request.header("Cookie")).isEmpty();
            assertThat(request.header("Host"))
                    .hasValueSatisfying(host -> assertThat(host).startsWith("127.0.0.1"));
            assertThat(request.header(PassOn.PASSED_ON_BY)).contains(OWN_ADDRESS);
        });
        assertThat(got.getStatus()).isEqualTo(200);
        assertThat((byte[]) got.getEntity()).asString(UTF_8).isEqualTo(answer);
        assertThat(got.getHeaderString("Content-Type")).isEqualTo("application/json;charset=UTF-8");
        assertThat(got.getHeaderString("Set-Cookie")).isNull();
    }

    @Test
    void shouldHandBackWhatTheOwnerRefuses() {
        status = 403;
        answer = "{\"status\": 403}";

        var got = pass(get(), heardHere());

        assertThat(got.getStatus()).isEqualTo(403);
        assertThat((byte[]) got.getEntity()).asString(UTF_8).isEqualTo(answer);
        assertThat(got.getHeaderString("Content-Type")).isEqualTo(Problem.TYPE);
        assertThat(got.getHeaderString("Retry-After")).isEqualTo("7");
    }

    private void assertProblem(int expected, AskedRequest asked, WorkspaceOwner to, String... said) {
        assertProblem(expected, asked, Optional.of(to), Optional.of(OWN_ADDRESS), "127.0.0.*", said);
    }

    private void assertProblem(
            int expected,
            AskedRequest asked,
            Optional<WorkspaceOwner> to,
            Optional<String> ownAddress,
            String hosts,
            String... said) {
        var failure = catchThrowableOfType(WebApplicationException.class, () -> pass(asked, to, ownAddress, hosts));
        var response = failure.getResponse();
        assertThat(response.getStatus()).isEqualTo(expected);
        assertThat(response.getHeaderString("Content-Type")).isEqualTo(Problem.TYPE);
        assertThat(((Problem) response.getEntity()).detail()).contains(said).contains("acme");
        assertThat(response.getHeaderString("Retry-After") != null).isEqualTo(expected == 503);
    }

    @Test
    void shouldNotPassOnWhatWasPassedOn() {
        assertProblem(
                503,
                asked(HttpMethod.GET, "/", "", "freshet-passed-on-by", "http://127.0.0.3:1"),
                heardHere(),
                "ask again");
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldSayThatNobodyOwnsIt() {
        assertProblem(503, get(), Optional.empty(), Optional.of(OWN_ADDRESS), "127.0.0.*", "No replica owns");
    }

    @Test
    void shouldSayWhoOwnsItWithoutAnAddressOfItsOwn() {
        assertProblem(
                503,
                get(),
                Optional.of(heardHere()),
                Optional.empty(),
                "127.0.0.*",
                heardHere().name(),
                "freshet.replica.address");
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldSayWhoOwnsItIfThatOneTellsNoAddress() {
        assertProblem(503, get(), owner("freshet-1:8080"), "owned by freshet-1:8080", "freshet.replica.address");
    }

    @Test
    void shouldNotAskAHostThatIsNotAllowed() {
        assertProblem(
                503,
                get(),
                Optional.of(heardHere()),
                Optional.of("http://10.0.0.1:8080"),
                "private",
                heardHere().name(),
                "freshet.replica.hosts");
        assertThat(heard).isEmpty();
    }

    @Test
    void shouldNotAskItself() {
        assertProblem(503, get(), owner(OWN_ADDRESS), "about to own");
    }

    @Test
    void shouldNameAnOwnerThatIsGone() throws IOException {
        int free;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }
        var gone = owner("http://127.0.0.1:" + free);

        assertProblem(503, get(), gone, gone.name(), "nothing was done");
    }

    @Test
    void shouldNotSayThatNothingWasDoneOnceItWasAsked() {
        status = 0;

        assertProblem(504, get(), heardHere(), heardHere().name(), "look before you ask again");
        assertThat(heard).isNotEmpty();
    }

    @Test
    void shouldKeepPlacesForThoseWhoHaveThingsDone() {
        var reading = asked(HttpMethod.GET, "/api/v1/workspaces/acme/limit", "");
        var passOn = passOn(Optional.of(OWN_ADDRESS), "127.0.0.*");
        var mayAnswer = new CountDownLatch(1);
        answerReadsAfter(mayAnswer);

        var reads = IntStream.range(0, 200)
                .mapToObj(n -> passOn.passRead(reading, "acme", Optional.of(heardHere()))
                        .map(Response::getStatus)
                        .onFailure(WebApplicationException.class)
                        .recoverWithItem(failure -> failure.getResponse().getStatus())
                        .subscribeAsCompletionStage())
                .toList();
        var done = passOn.pass(get(), "acme", Optional.of(heardHere())).await().atMost(ENOUGH);

        assertThat(done.getStatus()).isEqualTo(200);
        assertThat(reads)
                .as("the others are told at once")
                .filteredOn(Future::isDone)
                .hasSize(180);
        mayAnswer.countDown();
        assertThat(reads.stream().map(CompletableFuture::join).filter(code -> code == 200))
                .hasSize(20);
        assertThat(reads.stream().map(CompletableFuture::join).filter(code -> code == 503))
                .hasSize(180);
        assertThat(passOn.passRead(reading, "acme", Optional.of(heardHere()))
                        .await()
                        .atMost(ENOUGH)
                        .getStatus())
                .as("their places are free again")
                .isEqualTo(200);
    }

    private void answerReadsAfter(CountDownLatch latch) {
        server.createContext("/api/v1/workspaces/acme/limit", exchange -> {
            try {
                latch.await();
                hear(exchange);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
