package io.freshet.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Goes through what was packed, from its beginning to its end. */
final class PackedReader {

    private final byte[] bytes;
    private int at;

    PackedReader(byte[] bytes) {
        this.bytes = bytes;
    }

    byte single() {
        return bytes[at++];
    }

    /** Seven bits a byte; the sign comes last. */
    long number() {
        var read = 0L;
        var shift = 0;
        byte one;
        do {
            one = bytes[at++];
            read |= (one & 0x7fL) << shift;
            shift += 7;
        } while (one < 0);
        return (read >>> 1) ^ -(read & 1);
    }

    /** A text after its length; empty if it has none. */
    Optional<String> text() {
        var length = (int) number();
        var text = new String(bytes, at, length, UTF_8);
        at += length;
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    void skipText() {
        var length = (int) number();
        at += length;
    }

    List<Long> numbers() {
        var numbers = new ArrayList<Long>();
        var before = 0L;
        for (var left = number(); left > 0; left--) {
            before += number();
            numbers.add(before);
        }
        return numbers;
    }

    /** Goes past numbers, and says whether this one is among them. */
    boolean hasAmongNumbers(long wanted) {
        var isAmong = false;
        var one = 0L;
        for (var left = number(); left > 0; left--) {
            one += number();
            isAmong |= one == wanted;
        }
        return isAmong;
    }

    /** All that is left, of letters and digits; empty if nothing is. */
    Optional<String> rest() {
        var rest = new String(bytes, at, bytes.length - at, ISO_8859_1);
        return Optional.of(rest).filter(any -> !any.isEmpty());
    }
}
