package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.workspace.CredentialsUnreadable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jboss.resteasy.reactive.RestResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

    private static final String JSON = "application/json; charset=utf-8";
    private static final String HTML = "text/html; charset=utf-8";

    @Test
    void shouldTakeWhatIsInvisibleOutOfModesWords() {
        var failure = failure(500, JSON, "{\"message\":\"\\u001b[31mdown\\u202e \\n again\\u2028\\ud800\"}");

        assertThat(failure.message()).isEqualTo("?[31mdown? again??");
    }

    @ParameterizedTest
    @CsvSource({
        "400, bad_request, BAD_REQUEST",
        "401, unauthorized, UNAUTHORISED",
        "403, forbidden, FORBIDDEN",
        "404, not_found, NOT_FOUND",
        // The id is worth more than the status.
        "400, not_found, NOT_FOUND",
        "400, unauthorized, UNAUTHORISED",
        "404, forbidden, FORBIDDEN",
        // An id that nobody knows is worth nothing.
        "400, param_missing, BAD_REQUEST",
        "404, whatever, NOT_FOUND",
        "422, validation, BAD_REQUEST",
        "406, not_acceptable, REFUSED",
        "409, conflict, REFUSED",
        "410, gone, NOT_FOUND",
        "408, request_timeout, UNAVAILABLE",
        "429, too_many, THROTTLED",
        "500, internal, UNAVAILABLE",
        "503, not_found, UNAVAILABLE",
    })
    void shouldSortAnErrorByItsIdAndThenByItsStatus(int status, String id, Kind kind) {
        var failure = failure(status, JSON, "{\"id\":\"%s\",\"message\":\"so it is\"}".formatted(id));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isEqualTo(status);
        assertThat(failure.message()).startsWith("so it is");
        assertThat(failure.pause()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST",
        "401, UNAUTHORISED",
        "403, FORBIDDEN",
        "404, NOT_FOUND",
        "418, REFUSED",
        "429, THROTTLED",
        "500, UNAVAILABLE",
        "502, UNAVAILABLE",
        "504, UNAVAILABLE",
    })
    void shouldSortAnErrorWithoutABodyByItsStatus(int status, Kind kind) {
        var failure = failure(status, "", "");

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.message()).startsWith("HTTP status " + status);
    }

    @Test
    void shouldTakeAnUnknownAccountForAWrongSettingAndNotForAMissingReport() {
        var failure = failure(404, JSON, "{\"id\":\"not_found\",\"message\":\"account not found\"}");

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHORISED);
        assertThat(failure.message()).isEqualTo("account not found: see freshet.workspace.account, token and secret");
    }

    @ParameterizedTest
    @CsvSource({"429, THROTTLED", "500, UNAVAILABLE", "502, UNAVAILABLE", "503, UNAVAILABLE"})
    void shouldSortAnErrorPageByItsStatus(int status, Kind kind) {
        assertThat(failure(status, HTML, "<html>").kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 302, 403, 404})
    void shouldTakeAnyOtherPageForAProxys(int status) {
        var failure = failure(status, HTML, "<html><body>Sign in</body></html>");

        assertThat(failure.kind()).isEqualTo(Kind.UNREADABLE);
        assertThat(failure.message()).contains("HTML").contains("freshet.workspace.url");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 304, 307, 308})
    void shouldTakeARedirectForNoAnswerOfModes(int status) {
        assertThat(failure(status, "", "").kind()).isEqualTo(Kind.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"token\":\"4f0", "[]", "\"text\"", "42", "null", "so long", " "})
    void shouldNotReadASuccessThatIsNoJsonObject(String body) {
        assertThat(failure(200, JSON, body).kind()).isEqualTo(Kind.UNREADABLE);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 202, 204})
    void shouldReadAnEmptySuccessAsAnEmptyObject(int status) {
        assertThat(success(status, "", "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 202})
    void shouldReadASuccess(int status) {
        assertThat(success(status, "application/hal+json", "{\"state\":\"enqueued\"}")
                        .path("state")
                        .asText())
                .isEqualTo("enqueued");
    }

    @ParameterizedTest
    @CsvSource({
        "5, 5",
        "' 7 ', 7",
        "0, 0",
        "'', 0",
        "-1, 0",
        "1.5, 0",
        "soon, 0",
        "999999999999, 0",
        "'Wed, 21 Oct 2026 07:28:00 GMT', 0",
    })
    void shouldKnowThePauseThatModeAsksForInSeconds(String retryAfter, long seconds) {
        var failure = failure(Map.of("Retry-After", retryAfter), 429, "");

        assertThat(failure.pause()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void shouldKnowNoPauseWithout429() {
        assertThat(failure(Map.of("Retry-After", "5"), 503, "").pause()).isZero();
    }

    @Test
    void shouldPutAMessageOnOneShortLine() {
        var message = "no\\n \\t\\\"report\\\" " + "x".repeat(1000);

        var failure = failure(404, JSON, "{\"id\":\"not_found\",\"message\":\"" + message + "\"}");

        assertThat(failure.message())
                .startsWith("no 'report' xxx")
                .endsWith("…")
                .hasSize(201);
    }

    @Test
    void shouldNameTheStatusWhereTheMessageIsAnObject() {
        var failure = failure(422, JSON, "{\"id\":\"invalid\",\"message\":{\"name\":[\"is too long\"]}}");

        assertThat(failure.message()).isEqualTo("HTTP status 422");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenConnections")
    void shouldTellWhetherARequestCanHaveArrivedThatHasNoAnswer(Throwable thrown, Kind kind) {
        var failure = failure(Answers.of(new IllegalStateException("wrapped", thrown)));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.status()).isZero();
        assertThat(failure.kind().isTransient()).isTrue();
    }

    static Stream<Arguments> brokenConnections() {
        return Stream.of(
                Arguments.of(new ConnectException("Connection refused"), Kind.UNREACHABLE),
                Arguments.of(new UnknownHostException("app.mode.example"), Kind.UNREACHABLE),
                Arguments.of(new NoRouteToHostException("No route to host"), Kind.UNREACHABLE),
                Arguments.of(new SSLHandshakeException("PKIX path building failed"), Kind.UNREACHABLE),
                Arguments.of(new CredentialsUnreadable("no file", new IOException()), Kind.NOT_SENT),
                Arguments.of(new SSLException("Connection reset"), Kind.ANSWER_UNKNOWN),
                Arguments.of(new SocketException("Connection reset"), Kind.ANSWER_UNKNOWN),
                Arguments.of(new IOException("Connection was closed"), Kind.ANSWER_UNKNOWN),
                Arguments.of(new TimeoutException("The timeout period of 30000ms"), Kind.ANSWER_UNKNOWN),
                Arguments.of(new IllegalStateException("whatever"), Kind.ANSWER_UNKNOWN));
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_REQUEST, false, false",
        "UNAUTHORISED, true, true",
        "FORBIDDEN, false, false",
        "NOT_FOUND, false, false",
        "REFUSED, false, false",
        "THROTTLED, true, true",
        "UNREACHABLE, true, true",
        "NOT_SENT, true, true",
        "UNAVAILABLE, true, false",
        "UNREADABLE, true, false",
        "ANSWER_UNKNOWN, true, false",
    })
    void shouldRepeatAPostOnlyWhereItIsSureThatNothingWasTaken(Kind kind, boolean isTransient, boolean notTaken) {
        assertThat(kind.isTransient()).isEqualTo(isTransient);
        assertThat(kind.isSurelyNotTaken()).isEqualTo(notTaken);
    }

    private static JsonNode success(int status, String type, String body) {
        return of(type.isEmpty() ? Map.of() : Map.of("Content-Type", type), status, body)
                .fold(value -> value, failure -> {
                    throw new AssertionError(failure);
                });
    }

    private static Failure<?> failure(int status, String type, String body) {
        return failure(type.isEmpty() ? Map.of() : Map.of("Content-Type", type), status, body);
    }

    private static Failure<?> failure(Map<String, String> headers, int status, String body) {
        return failure(of(headers, status, body));
    }

    private static Failure<?> failure(Answer<JsonNode> answer) {
        return answer.fold(
                value -> {
                    throw new AssertionError("a success: " + value);
                },
                failure -> failure);
    }

    private static Answer<JsonNode> of(Map<String, String> headers, int status, String body) {
        var response =
                RestResponse.ResponseBuilder.<byte[]>create(status).entity(body.getBytes(StandardCharsets.UTF_8));
        headers.forEach(response::header);
        return Answers.of(response.build());
    }

    /** Else it would be posted again and again, and Mode would take each. */
    @ParameterizedTest
    @ValueSource(strings = {"run_0001", "a-b", ""})
    void shouldNotPostAgainWhatModeTookAsARunThatCannotBeFollowed(String token) {
        var answer = Answers.taken(LenientJson.newObject().put("token", token).put("state", "enqueued"));

        assertThat(answer).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
            assertThat(failure.status()).isEqualTo(202);
        });
    }

    @Test
    void shouldLookForTheRunOfA202ThatNamesNone() {
        var answer = Answers.taken(LenientJson.newObject());

        assertThat(answer).isInstanceOfSatisfying(Failure.class, failure -> assertThat(failure.kind())
                .isEqualTo(Kind.UNREADABLE));
    }
}
