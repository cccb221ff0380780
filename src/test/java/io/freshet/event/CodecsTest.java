package io.freshet.event;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.common.record.CompressionType;
import org.junit.jupiter.api.Test;

class CodecsTest {

    @Test
    void shouldFindAllOfThemUsableHere() {
        assertThat(Codecs.faults()).isEmpty();
        assertThat(Codecs.fault("zstd")).isEmpty();
    }

    @Test
    void shouldNameOneThatThePlatformCannotLoad() {
        var faults = Codecs.faults(type -> {
            if (type == CompressionType.SNAPPY) {
                throw new ExceptionInInitializerError(new UnsatisfiedLinkError("no libsnappyjava.so here"));
            }
            return "fresh, fresh, fresh, fresh".getBytes(US_ASCII);
        });

        assertThat(faults).containsOnlyKeys("snappy");
        assertThat(faults.get("snappy")).contains("no libsnappyjava.so here");
    }

    @Test
    void shouldNameThoseThatThereAreIfThereIsNone() {
        assertThat(Codecs.fault("brotli")).contains("Kafka has no such codec, but gzip, lz4, none, snappy, zstd");
    }
}
