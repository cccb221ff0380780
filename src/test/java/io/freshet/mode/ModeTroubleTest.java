package io.freshet.mode;

import static io.freshet.mode.Caller.failure;
import static io.freshet.mode.Caller.post;
import static io.freshet.mode.Caller.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.freshet.mode.Answer.Kind;
import io.freshet.mode.limit.Lane;
import io.freshet.mode.limit.Moment;
import io.freshet.sandbox.Faults;
import io.freshet.sandbox.Sandbox;
import io.freshet.sandbox.SandboxSettings;
import io.freshet.sandbox.SandboxWorkspace;
import io.freshet.testing.SettableClock;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong with a call, and how often it is made. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
class ModeTroubleTest {

    private static final Moment OVER = new Moment(Instant.EPOCH, Instant.EPOCH);
    private static final Moment ENDLESS = new Moment(Instant.MAX, Instant.MAX);
    private static final String ORDERS = "dbdff5177298";
    private static final String OTHER = "bbdfc751aed6";
    private static final String DAILY_SALES = "001d63d3bebb";

    @SuppressWarnings("NullAway.Init")
    private Sandbox sandbox;

    @SuppressWarnings("NullAway.Init")
    private Mode mode;

    @BeforeEach
    void start() {
        sandbox = Caller.startSandbox();
        mode = Caller.of(sandbox).mode();
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "RESET_BEFORE, ANSWER_UNKNOWN, false",
        "RESET_AFTER, ANSWER_UNKNOWN, true",
        "HANG, ANSWER_UNKNOWN, false",
        "HANG_AFTER, ANSWER_UNKNOWN, true",
        "GARBAGE, UNREADABLE, false",
        "GARBAGE_AFTER, UNREADABLE, true",
        "HTML, UNREADABLE, false",
        "HTML_AFTER, UNREADABLE, true",
        "STATUS, UNAVAILABLE, false",
        "STATUS_AFTER, UNAVAILABLE, true",
        "HALF_AFTER, ANSWER_UNKNOWN, true",
        "DRIP_AFTER, ANSWER_UNKNOWN, true",
    })
    void shouldPostOnceWhateverGoesWrong(Faults.Kind fault, Kind kind, boolean effect) {
        mode = Caller.of(sandbox).withReadTimeout(Duration.ofSeconds(1)).mode();
        success(mode.dataset(ORDERS)); // so that the POST goes over a connection that was open already
        sandbox.faults().next(1, fault, ModeTroubleTest::isPost);

        var failure = failure(post(mode, DAILY_SALES, ORDERS));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.kind().isSurelyNotTaken()).isFalse();
        await().during(Duration.ofMillis(300))
                .untilAsserted(() -> assertThat(sandbox.calls().posts())
                        .singleElement()
                        .satisfies(call -> assertThat(call.tookEffect()).isEqualTo(effect)));
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST, bad request",
        "403, FORBIDDEN, forbidden",
        "404, NOT_FOUND, report not found",
        "418, UNREADABLE, an HTML page came instead of Mode's JSON",
        "500, UNAVAILABLE, HTTP status 500",
        "503, UNAVAILABLE, HTTP status 503",
    })
    void shouldReadTheErrorThatModeAnswers(int status, Kind kind, String message) {
        sandbox.faults().status(1, status, ModeTroubleTest::isPost);

        var failure = failure(post(mode, DAILY_SALES, ORDERS));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).startsWith(message);
    }

    @Test
    void shouldTellAForbiddenReportFromOneThatIsGone() {
        sandbox.workspace().forbidReport(DAILY_SALES);
        sandbox.workspace().removeReport("8ad03f796dc5");

        assertThat(failure(post(mode, DAILY_SALES, ORDERS)).kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure(post(mode, "8ad03f796dc5", ORDERS)).kind()).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void shouldTakeAnUnknownAccountForAWrongSetting() {
        mode = Caller.of(sandbox.url(), "globex").mode();

        assertThat(failure(post(mode, DAILY_SALES, ORDERS)).kind()).isEqualTo(Kind.UNAUTHORISED);
        assertThat(mode.trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.text()).contains("account not found"));
    }

    @Test
    void shouldUseARotatedCredentialFromTheNextCallOn() {
        var caller = Caller.of(sandbox);
        mode = caller.mode();
        sandbox.credentials("new-token", "new-secret");
        assertThat(failure(post(mode, DAILY_SALES, ORDERS)).kind()).isEqualTo(Kind.UNAUTHORISED);
        assertThat(mode.trouble()).isPresent();

        caller.credentials("new-token", "new-secret");

        assertThat(success(post(mode, DAILY_SALES, ORDERS)).state()).isEqualTo("enqueued");
        assertThat(mode.trouble()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, PT10S", "false, PT0S"})
    void shouldTellHowLongModeWantsToBeLeftAlone(boolean retryAfter, Duration longest) {
        try (var strict = Sandbox.start(
                SandboxSettings.defaults()
                        .withRateLimit(1, Duration.ofSeconds(10))
                        .withRetryAfter(retryAfter),
                SandboxWorkspace.sample())) {
            mode = Caller.of(strict).mode();
            success(mode.dataset(ORDERS));

            var failure = failure(post(mode, DAILY_SALES, ORDERS));

            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.pause()).isLessThanOrEqualTo(longest);
            assertThat(failure.pause().isZero()).isEqualTo(!retryAfter);
            assertThat(mode.trouble()).isEmpty();
        }
    }

    @Test
    void shouldKnowThatNothingArrivedWhereNobodyListens() {
        sandbox.close();

        var failure = failure(post(mode, DAILY_SALES, ORDERS));

        assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
        assertThat(failure.status()).isZero();
        assertThat(mode.trouble()).isPresent();
    }

    @Test
    void shouldKnowThatNothingArrivedWhereNobodyIs() {
        mode = Caller.of(URI.create("http://nowhere.invalid"), "acme").mode();

        assertThat(failure(post(mode, DAILY_SALES, ORDERS)).kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void shouldKnowThatNothingLeftWithoutACredential() {
        var caller = Caller.of(sandbox);
        mode = caller.mode();
        caller.noCredentials();

        var failure = failure(post(mode, DAILY_SALES, ORDERS));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(failure.message()).contains("/run/key").contains("freshet.workspace.credentials-directory");
        assertThat(mode.trouble())
                .hasValueSatisfying(said -> assertThat(said.text()).contains("/run/key"));
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void shouldKeepBackACallThatWasGrantedBeforeTheLeaseEnded() {
        var permit = mode.permit(Lane.POST, Instant.EPOCH).await().indefinitely();
        mode.limit().lease(OVER);

        var failure = failure(mode.postRun(permit, DAILY_SALES, new TreeSet<>(Set.of(ORDERS)), Instant.MAX));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(mode.trouble()).isPresent();
        assertThat(sandbox.calls().all()).isEmpty();
    }

    @Test
    void shouldKeepBackACallWhoseLeaseEndsWhenItIsAboutToBeWritten() {
        var caller = Caller.of(sandbox);
        mode = caller.mode();
        success(mode.dataset(ORDERS)); // which leaves an open connection behind
        sandbox.calls().clear();
        var idle = mode.limit().use().free();
        caller.onTheWay(() -> mode.limit().lease(OVER));

        var failure = failure(post(mode, DAILY_SALES, ORDERS));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(sandbox.calls().all()).isEmpty();
        caller.credentials("sandbox-token", "sandbox-secret");
        mode.limit().lease(ENDLESS);
        assertThat(mode.trouble()).as("it says nothing of Mode").isEmpty();
        assertThat(mode.limit().use().free()).isGreaterThanOrEqualTo(idle);
        success(post(mode, DAILY_SALES, ORDERS));
        assertThat(sandbox.calls().posts()).hasSize(1);
    }

    /** As when it took long to connect. */
    @Test
    void shouldKeepBackAPostThatIsTooOldWhenItIsAboutToBeWritten() {
        var clock = new SettableClock();
        var caller = Caller.of(sandbox).withClock(clock);
        mode = caller.mode();
        success(mode.dataset(ORDERS)); // which leaves an open connection behind
        caller.onTheWay(() -> clock.advance(Duration.ofSeconds(1)));
        var notAfter = clock.instant().plusSeconds(2);

        var inTime = mode.permit(Lane.POST, Instant.EPOCH)
                .flatMap(permit -> mode.postRun(permit, DAILY_SALES, new TreeSet<>(Set.of(ORDERS)), notAfter));
        success(inTime);
        success(inTime);
        var failure = failure(inTime);

        assertThat(failure.kind()).isEqualTo(Kind.NOT_SENT);
        assertThat(failure.message()).startsWith("it took too long to connect");
        assertThat(sandbox.calls().posts()).hasSize(2);
        assertThat(mode.trouble()).as("it says nothing of Mode").isEmpty();
        assertThat(success(mode.dataset(ORDERS)).token())
                .as("the connection is as good as before")
                .isEqualTo(ORDERS);
    }

    @Test
    void shouldCallAgainWhenTheLeaseIsRenewed() {
        mode.limit().lease(OVER);
        var waiting = mode.dataset(ORDERS).subscribeAsCompletionStage();

        mode.limit().lease(ENDLESS);

        assertThat(waiting.orTimeout(20, TimeUnit.SECONDS).join()).isInstanceOf(Answer.Success.class);
        assertThat(mode.trouble()).isEmpty();
    }

    @Test
    void shouldGiveBackThePlaceOfACallThatIsCancelledUnderWay() {
        var idle = mode.limit().use().free();
        sandbox.faults().next(1, Faults.Kind.HANG, request -> true);
        var call = mode.dataset(ORDERS).subscribe().with(never -> {
            throw new AssertionError("answered after all: " + never);
        });
        await().until(() -> sandbox.calls().all().size() == 1);
        assertThat(mode.limit().use().free()).isEqualTo(idle - 1);

        call.cancel();

        await().until(() -> mode.limit().use().free() == idle);
    }

    /** Before its permit, with it, on its way or with its answer. */
    @Test
    void shouldGiveBackThePlaceOfACallThatIsCancelledAtAnyMoment() {
        mode = Caller.of(sandbox).withReadTimeout(Duration.ofSeconds(2)).mode();

        for (var n = 0; n < 300; n++) {
            mode.dataset(ORDERS).subscribe().with(answer -> {}).cancel();
        }

        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(mode.limit().use()).satisfies(use -> {
                    assertThat(use.free()).isEqualTo(use.capacity()); // less than it was: answers come with a limit
                    assertThat(use.waiting()).isZero();
                }));
    }

    @Test
    void shouldProbeAgainWhenAProbeIsCancelledUnderWay() {
        sandbox.faults().status(1, 401, request -> true);
        failure(post(mode, DAILY_SALES, ORDERS));
        assertThat(mode.trouble()).isPresent();
        sandbox.faults().next(1, Faults.Kind.HANG, request -> true);
        var probe = mode.dataset(ORDERS).subscribe().with(never -> {
            throw new AssertionError("answered after all: " + never);
        });
        await().until(() -> sandbox.calls().all().size() == 2);

        probe.cancel();

        assertThat(success(mode.dataset(ORDERS)).token()).isEqualTo(ORDERS);
        assertThat(mode.trouble()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"STATUS", "RESET_BEFORE", "RESET_AFTER", "GARBAGE", "HTML"})
    void shouldReadAgainWhatCouldNotBeReadForAMoment(Faults.Kind fault) {
        sandbox.faults().next(2, fault, request -> true);

        assertThat(success(mode.dataset(ORDERS)).token()).isEqualTo(ORDERS);
        assertThat(sandbox.calls().all()).hasSize(3);
    }

    /** Each of them would take a place of the limit for ever. */
    @Test
    void shouldGiveBackThePlacesOfAnswersThatDrip() {
        mode = Caller.of(sandbox)
                .withReadTimeout(Duration.ofMillis(500))
                .withLimit(4, Duration.ofSeconds(1))
                .mode();
        sandbox.faults()
                .always(Faults.Kind.DRIP_AFTER, request -> request.path().contains(ORDERS));

        var failure = failure(mode.reportsOfDataset(ORDERS));

        assertThat(failure.kind()).isEqualTo(Kind.ANSWER_UNKNOWN);
        assertThat(failure.message()).contains("no answer in time");
        await().untilAsserted(() -> assertThat(mode.limit().use().free())
                .isEqualTo(mode.limit().use().capacity()));
        assertThat(success(mode.reportsOfDataset(OTHER))).as("the others go on").isNotEmpty();
    }

    @Test
    void shouldNotKeepAnAnswerInMemoryThatIsTooLarge() {
        sandbox.faults().always(Faults.Kind.FLOOD, request -> true);

        var failure = failure(mode.reportsOfDataset(ORDERS));
        sandbox.faults().clear();

        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.message()).contains("more than 16777216 bytes", "freshet.mode.max-answer");
        assertThat(success(mode.reportsOfDataset(ORDERS))).isNotEmpty();
    }

    @Test
    void shouldNotReadAgainForEver() {
        sandbox.faults().always(Faults.Kind.STATUS, request -> true);

        assertThat(failure(mode.dataset(ORDERS)).kind()).isEqualTo(Kind.UNAVAILABLE);
        assertThat(sandbox.calls().all()).hasSize(3);
    }

    @Test
    void shouldNotReadAgainWhatWillNotChange() {
        assertThat(failure(mode.dataset("nothing")).kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(sandbox.calls().all()).hasSize(1);
    }

    private static boolean isPost(Faults.Request request) {
        return request.method().equals("POST");
    }
}
