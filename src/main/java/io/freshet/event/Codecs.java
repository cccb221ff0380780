package io.freshet.event;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.CompressionType;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Kafka's codecs, and whether each works here: some come with a library of the platform, which a base image may not be able to
 * load.
 */
public final class Codecs {

    private static final byte[] SAMPLE = "fresh, fresh, fresh, fresh".getBytes(US_ASCII);

    private Codecs() {}

    /** As they are spelled in settings. */
    public static String names() {
        return Arrays.stream(CompressionType.values())
                .map(type -> type.name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Why this one can't be used; empty if it can. */
    public static Optional<String> fault(String name) {
        return find(name)
                .map(type -> fault(type, Codecs::copy))
                .orElseGet(() -> Optional.of("Kafka has no such codec, but " + names()));
    }

    private static Optional<CompressionType> find(String name) {
        return Arrays.stream(CompressionType.values())
                .filter(type -> type.name.equals(name))
                .findFirst();
    }

    /** Those that can't be used, each with the reason. What was compressed with them can't be read. */
    public static Map<String, String> faults() {
        return faults(Codecs::copy);
    }

    static Map<String, String> faults(Function<CompressionType, byte[]> copy) {
        var faults = new TreeMap<String, String>();
        for (var type : CompressionType.values()) {
            fault(type, copy).ifPresent(why -> faults.put(type.name, why));
        }
        return faults;
    }

    private static Optional<String> fault(CompressionType type, Function<CompressionType, byte[]> copy) {
        try {
            return Arrays.equals(copy.apply(type), SAMPLE)
                    ? Optional.empty()
                    : Optional.of("it gives back other bytes than it was given");
        } catch (RuntimeException | LinkageError e) {
            return Optional.of(String.valueOf(root(e)));
        }
    }

    private static Throwable root(Throwable failure) {
        var cause = failure.getCause();
        return cause == null ? failure : root(cause);
    }

    /** Through the codec and back. */
    private static byte[] copy(CompressionType type) {
        var codec = Compression.of(type).build();
        var compressed = new ByteBufferOutputStream(512);
        try (var writing = codec.wrapForOutput(compressed, RecordBatch.CURRENT_MAGIC_VALUE)) {
            writing.write(SAMPLE);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        var written = compressed.buffer().flip();
        try (var reading = codec.wrapForInput(written, RecordBatch.CURRENT_MAGIC_VALUE, BufferSupplier.NO_CACHING)) {
            return reading.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
