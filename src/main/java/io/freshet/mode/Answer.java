package io.freshet.mode;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;

/** How a call to Mode ended. */
public sealed interface Answer<T> {

    record Success<T>(T value) implements Answer<T> {
        @Override
        public <R> R fold(Function<? super T, R> success, Function<Failure<?>, R> failure) {
            return success.apply(value);
        }
    }

    /**
     * @param status the HTTP status; 0 where there was no answer
     * @param message one sentence, without anything secret
     * @param pause how long Mode asks to be left alone; zero where it says nothing
     */
    record Failure<T>(Kind kind, int status, String message, Duration pause) implements Answer<T> {
        @Override
        public <R> R fold(Function<? super T, R> success, Function<Failure<?>, R> failure) {
            return failure.apply(this);
        }

        /** Whoever answered knows no such thing: Mode, or a front end with a page of HTML. */
        public boolean isNotThere() {
            return kind == Kind.NOT_FOUND || status == 404 || status == 410;
        }

        /** The same failure of a call for something else. */
        public <R> Failure<R> as() {
            return new Failure<>(kind, status, message, pause);
        }

        /** {@code kind=… status=… message="…"}, for a log line. */
        @Override
        public String toString() {
            return "kind=%s status=%d message=\"%s\"".formatted(kind.word(), status, message);
        }
    }

    /** What a failure means for whoever called. */
    enum Kind {
        /** Mode finds the request wrong. */
        BAD_REQUEST,
        /** Mode refuses the credential, or knows no such workspace. */
        UNAUTHORISED,
        FORBIDDEN,
        NOT_FOUND,
        /** Mode refuses the request for another reason, with a status 4xx. */
        REFUSED,
        THROTTLED,
        /** No connection was made: it is sure that nothing arrived. */
        UNREACHABLE,
        /** The request never left, for a reason on our side. */
        NOT_SENT,
        /** Mode is in trouble. It isn't known whether the request had its effect. */
        UNAVAILABLE,
        /** What came is no answer of Mode's, such as a proxy's login page. As above. */
        UNREADABLE,
        /** The connection was cut, or no answer came in time. As above. */
        ANSWER_UNKNOWN;

        /** The same request may be answered otherwise later. */
        public boolean isTransient() {
            return switch (this) {
                case BAD_REQUEST, FORBIDDEN, NOT_FOUND, REFUSED -> false;
                case UNAUTHORISED, THROTTLED, UNREACHABLE, NOT_SENT, UNAVAILABLE, UNREADABLE, ANSWER_UNKNOWN -> true;
            };
        }

        /** It is sure that a POST had no effect, and that it may be sent again. */
        public boolean isSurelyNotTaken() {
            return this == UNAUTHORISED || this == THROTTLED || this == UNREACHABLE || this == NOT_SENT;
        }

        /** As it is spelled in logs and metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    <R> R fold(Function<? super T, R> success, Function<Failure<?>, R> failure);

    /** What a success says, read on. */
    default <R> Answer<R> map(Function<? super T, R> reading) {
        return fold(value -> new Success<>(reading.apply(value)), Failure::as);
    }

    /** What a success says, where it can be read; the other way it may fail. */
    default <R> Answer<R> flatMap(Function<? super T, Answer<R>> reading) {
        return fold(reading, Failure::as);
    }

    /** What is asked next because of a success; a failure stays one. */
    default <R> Uni<Answer<R>> then(Function<? super T, Uni<Answer<R>>> next) {
        return fold(next, failure -> Uni.createFrom().item(failure.as()));
    }
}
