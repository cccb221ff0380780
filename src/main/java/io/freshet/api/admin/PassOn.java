package io.freshet.api.admin;

import io.freshet.replica.ReplicaAddress;
import io.freshet.replica.ThisReplica;
import io.freshet.replica.WorkspaceOwner;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jboss.logging.Logger;

/**
 * Passes a request on to the owner of its workspace: once, to hosts that are allowed, and with the credential of whoever asks,
 * so that the owner looks at the role, too. The answer comes back as it is.
 */
@ApplicationScoped
class PassOn {

    /** Says which replica has passed the request on. */
    static final String PASSED_ON_BY = "Freshet-Passed-On-By";

    private static final Logger LOG = Logger.getLogger(PassOn.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    /** The owner's own patience ends first, and its answer says more. */
    private static final Duration MORE_THAN_OWNER = Duration.ofSeconds(5);

    private static final int MOST_AT_ONCE = 100;

    /** Of those that anybody may ask who reads, for one replica: they have places of their own, and are never kept waiting. */
    private static final int MOST_READS_AT_ONCE = 20;

    private static final List<String> THERE =
            List.of(HttpHeaders.AUTHORIZATION, HttpHeaders.CONTENT_TYPE, HttpHeaders.ACCEPT);
    private static final List<String> BACK =
            List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER, HttpHeaders.WWW_AUTHENTICATE);

    private final ThisReplica replica;
    private final Duration patience;
    private final HttpClient client;
    private final Semaphore reads = new Semaphore(MOST_READS_AT_ONCE);

    PassOn(ThisReplica replica, RequestTimeout timeout, Vertx vertx) {
        this.replica = replica;
        this.patience = timeout.timeout().plus(MORE_THAN_OWNER);
        // No connection is kept: one that the other has just closed would leave open whether it was asked.
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setMaxPoolSize(MOST_AT_ONCE + MOST_READS_AT_ONCE)
                .setConnectTimeout(Math.toIntExact(CONNECT.toMillis())));
    }

    @PreDestroy
    void close() {
        var ignored = client.close();
    }

    /** The same for what anybody may ask who reads: a flood of that must not take the places of those who have things done. */
    Uni<Response> passRead(AskedRequest asked, String account, Optional<WorkspaceOwner> found) {
        return Uni.createFrom()
                .deferred(() -> reads.tryAcquire()
                        ? pass(asked, account, found).onTermination().invoke(reads::release)
                        : failure(NotOwned.tooMany(account)));
    }

    /** What the owner answers. Fails with a problem that says why it wasn't asked, or doesn't answer. */
    Uni<Response> pass(AskedRequest asked, String account, Optional<WorkspaceOwner> found) {
        if (asked.headers().contains(PASSED_ON_BY)) {
            return failure(NotOwned.movedOn(account));
        }
        if (found.isEmpty()) {
            return failure(NotOwned.byNobody(account));
        }
        var owner = found.get();
        if (replica.is(owner)) {
            return failure(NotOwned.notYet(account));
        }
        if (replica.address().isEmpty() || owner.address().isEmpty()) {
            return failure(NotOwned.askIt(account, owner));
        }
        var address = owner.address().get();
        return replica.mayAsk(address)
                ? send(asked, account, owner, address)
                : failure(NotOwned.notAllowed(account, owner));
    }

    private static Uni<Response> failure(WebApplicationException problem) {
        return Uni.createFrom().failure(problem);
    }

    private Uni<Response> send(AskedRequest asked, String account, WorkspaceOwner owner, ReplicaAddress address) {
        LOG.debugf("passed on account=%s to=%s", account, address);
        return Uni.createFrom()
                .completionStage(() -> client.request(options(asked, address)).toCompletionStage())
                .onFailure()
                .transform(failure -> NotOwned.notReached(account, owner))
                .flatMap(request -> Uni.createFrom()
                        .completionStage(() -> send(asked, request).toCompletionStage())
                        .onFailure()
                        .transform(failure -> NotOwned.notAnswered(account, owner)))
                .ifNoItem()
                .after(patience)
                .failWith(() -> NotOwned.notAnswered(account, owner));
    }

    private RequestOptions options(AskedRequest asked, ReplicaAddress address) {
        var options = new RequestOptions()
                .setMethod(asked.method())
                .setSsl(address.isSecure())
                .setHost(address.host())
                .setPort(address.port())
                .setURI(asked.address())
                .setTimeout(patience.toMillis())
                .putHeader(
                        PASSED_ON_BY,
                        replica.address().map(ReplicaAddress::toString).orElseThrow());
        THERE.forEach(name -> {
            var value = asked.headers().get(name);
            if (value != null) {
                options.putHeader(name, value);
            }
        });
        return options;
    }

    private static Future<Response> send(AskedRequest asked, HttpClientRequest request) {
        return request.send(asked.body()).compose(answer -> answer.body().map(body -> response(answer, body)));
    }

    private static Response response(HttpClientResponse answer, Buffer body) {
        var response = Response.status(answer.statusCode());
        BACK.forEach(name -> {
            var value = answer.getHeader(name);
            if (value != null) {
                response.header(name, value);
            }
        });
        if (body.length() > 0) {
            response.entity(body.getBytes());
        }
        return response.build();
    }
}
