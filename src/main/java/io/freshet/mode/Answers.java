package io.freshet.mode;

import com.fasterxml.jackson.databind.JsonNode;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.mode.Answer.Success;
import io.freshet.workspace.CredentialsUnreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Pattern;
import javax.net.ssl.SSLHandshakeException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Sorts what came back, once, where it enters: by the {@code id} of the error first, then by the status, as Mode's
 * <a href="https://mode.com/developer/api-reference/error-codes/">error codes</a> ask for.
 */
final class Answers {

    private static final int LONGEST_MESSAGE = 200;
    /** What could colour a terminal, or make a text look like another: a message comes to logs, events and the page. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\u2028\\u2029]");

    private Answers() {}

    /** An answer with a status, whatever it is. An empty success is an empty object. */
    static Answer<JsonNode> of(RestResponse<byte[]> response) {
        var status = response.getStatus();
        var body = LenientJson.object(bytes(response));
        if (isHtml(response) && status != 429 && status < 500) {
            return failure(
                    Kind.UNREADABLE, status, "an HTML page came instead of Mode's JSON: see freshet.workspace.url");
        }
        if (status >= 200 && status < 300) {
            return body.<Answer<JsonNode>>map(Success::new)
                    .orElseGet(() -> failure(Kind.UNREADABLE, status, "the answer's body is no JSON object"));
        }
        var id = body.flatMap(json -> LenientJson.text(json, "id")).orElse("");
        var message = body.flatMap(json -> LenientJson.text(json, "message")).orElseGet(() -> "HTTP status " + status);
        var kind = kind(status, id, message);
        var advice = kind == Kind.UNAUTHORISED ? ": see freshet.workspace.account, token and secret" : "";
        return new Failure<>(
                kind, status, cut(message) + advice, kind == Kind.THROTTLED ? pause(response) : Duration.ZERO);
    }

    /** What an answer tells of one thing; everything that Mode knows has a token. */
    static <T> Answer<T> read(JsonNode body, Function<JsonNode, T> reading) {
        return LenientJson.token(body).isPresent()
                ? new Success<>(reading.apply(body))
                : failure(Kind.UNREADABLE, 200, "the answer names no token");
    }

    /** Mode took a POST. If the run can't be followed, it has been made all the same: to post again would make another. */
    static Answer<ReportRun> taken(JsonNode body) {
        return LenientJson.token(body).isEmpty()
                        && LenientJson.text(body, "token").isPresent()
                ? failure(
                        Kind.REFUSED,
                        202,
                        "Mode took the POST, but names the run by what is no token: it can't be followed")
                : read(body, ReportRun::of);
    }

    /** The REST client hands the body of an error over as a stream, whatever type its interface declares. */
    private static byte @Nullable [] bytes(RestResponse<?> response) {
        var entity = response.getEntity();
        if (entity instanceof InputStream stream) {
            try (stream) {
                return stream.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return (byte[]) entity;
    }

    private static Kind kind(int status, String id, String message) {
        if (status == 429) {
            return Kind.THROTTLED;
        }
        if (status < 400) {
            return Kind.UNREADABLE; // a redirect: nothing that Mode's API does
        }
        if (status >= 500 || status == 408) {
            return Kind.UNAVAILABLE;
        }
        // A workspace that isn't known is a wrong setting, and says nothing of the report or data source.
        if (message.toLowerCase(Locale.ROOT).startsWith("account not found")) {
            return Kind.UNAUTHORISED;
        }
        return switch (id) {
            case "bad_request" -> Kind.BAD_REQUEST;
            case "unauthorized" -> Kind.UNAUTHORISED;
            case "forbidden" -> Kind.FORBIDDEN;
            case "not_found" -> Kind.NOT_FOUND;
            default -> kind(status);
        };
    }

    private static Kind kind(int status) {
        return switch (status) {
            case 400, 422 -> Kind.BAD_REQUEST;
            case 401 -> Kind.UNAUTHORISED;
            case 403 -> Kind.FORBIDDEN;
            case 404, 410 -> Kind.NOT_FOUND;
            default -> Kind.REFUSED;
        };
    }

    /** No answer at all. */
    static Answer<JsonNode> of(Throwable thrown) {
        for (var cause = thrown; cause != null; cause = cause.getCause()) {
            // Netty's own connect timeout is a ConnectException. TLS may also break later, when the request has left.
            if (cause instanceof ConnectException
                    || cause instanceof UnknownHostException
                    || cause instanceof NoRouteToHostException
                    || cause instanceof SSLHandshakeException) {
                return failure(Kind.UNREACHABLE, 0, "no connection, see freshet.workspace.url: " + cause.getMessage());
            }
            if (cause instanceof CredentialsUnreadable) {
                return failure(Kind.NOT_SENT, 0, cause.getMessage() + ": see freshet.workspace.credentials-directory");
            }
            if (cause instanceof AnswerLimit.TooLarge large) {
                return failure(Kind.UNREADABLE, 0, large.why());
            }
            if (cause instanceof TimeoutException) {
                return failure(Kind.ANSWER_UNKNOWN, 0, "no answer in time");
            }
        }
        return failure(Kind.ANSWER_UNKNOWN, 0, "the connection broke: " + thrown.getMessage());
    }

    static <T> Failure<T> failure(Kind kind, int status, String message) {
        return new Failure<>(kind, status, cut(message), Duration.ZERO);
    }

    private static boolean isHtml(RestResponse<?> response) {
        var type = response.getHeaderString("Content-Type");
        return type != null && type.toLowerCase(Locale.ROOT).contains("html");
    }

    private static Duration pause(RestResponse<?> response) {
        return Optional.ofNullable(response.getHeaderString("Retry-After"))
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,5}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .orElse(Duration.ZERO);
    }

    private static String cut(String message) {
        var line = INVISIBLE
                .matcher(message.replaceAll("\\s+", " ").replace('"', '\''))
                .replaceAll("?");
        return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "…";
    }
}
