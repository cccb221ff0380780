package io.freshet.mode;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A POST may be repeated only where it is sure that it never left. */
class LostAnswersTest {

    static Stream<Exception> beforeItLeft() {
        return Stream.of(
                new ConnectException("Connection refused"),
                new SSLHandshakeException("Failed to create SSL connection"));
    }

    static Stream<Exception> perhapsAfterItLeft() {
        return Stream.of(
                new SSLException("Tag mismatch"),
                new SocketException("Connection reset"),
                new IOException("Connection was closed"),
                new TimeoutException("no answer"));
    }

    @ParameterizedTest
    @MethodSource("beforeItLeft")
    void shouldBeSureThatNothingWasTakenWhereThereWasNoConnection(Exception failure) {
        assertThat(isSurelyNotTaken(failure)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("perhapsAfterItLeft")
    void shouldBeSureOfNothingWhereTheConnectionBroke(Exception failure) {
        assertThat(isSurelyNotTaken(failure)).isFalse();
    }

    private static boolean isSurelyNotTaken(Exception failure) {
        return Answers.of(new IllegalStateException(failure))
                .<Boolean>fold(success -> false, failed -> failed.kind().isSurelyNotTaken());
    }
}
