package io.freshet.view;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.freshet.event.Outcome;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a report is, as few bytes: the state, then times, its name, numbers and the run's token, each number in as many bytes as it
 * needs. A hundred thousand reports are held so by every replica.
 */
final class PackedTarget {

    private static final int NONE = 0;
    private static final List<Stage> STAGES = List.of(Stage.values());
    private static final List<NextStep> STEPS = List.of(NextStep.values());
    private static final List<Outcome> ENDS = List.of(Outcome.values());

    private final byte[] bytes;
    private int at;

    private PackedTarget(byte[] bytes) {
        this.bytes = bytes;
    }

    static byte[] pack(TargetState state) {
        var out = new ByteArrayOutputStream(48);
        out.write(STAGES.indexOf(state.stage()));
        write(out, state.sinceMillis());
        var name = state.name().orElse("").getBytes(UTF_8);
        write(out, name.length);
        out.writeBytes(name);
        out.write(state.next().map(next -> STEPS.indexOf(next.step()) + 1).orElse(NONE));
        state.next().ifPresent(next -> write(out, next.dueMillis()));
        out.write(state.lastOutcome().map(end -> ENDS.indexOf(end) + 1).orElse(NONE));
        write(out, state.datasets());
        writeAll(out, state.batches());
        writeAll(out, state.followUp());
        write(out, state.outcomes().size());
        state.outcomes().forEach(one -> {
            write(out, one.batch());
            out.write(ENDS.indexOf(one.outcome()));
        });
        out.writeBytes(state.runToken().orElse("").getBytes(ISO_8859_1)); // tokens are letters and digits
        return out.toByteArray();
    }

    static TargetState unpack(byte[] packed) {
        var in = new PackedTarget(packed);
        var stage = STAGES.get(in.bytes[in.at++]);
        var since = in.number();
        var name = in.text((int) in.number());
        var step = in.bytes[in.at++];
        var next = step == NONE
                ? Optional.<TargetState.Next>empty()
                : Optional.of(new TargetState.Next(STEPS.get(step - 1), in.number()));
        var end = in.bytes[in.at++];
        var datasets = (int) in.number();
        var batches = in.numbers();
        var followUp = in.numbers();
        var outcomes = new ArrayList<TargetState.OutcomeOf>();
        for (var left = in.number(); left > 0; left--) {
            outcomes.add(new TargetState.OutcomeOf(in.number(), ENDS.get(in.bytes[in.at++])));
        }
        var run = new String(packed, in.at, packed.length - in.at, ISO_8859_1);
        return new TargetState(
                stage,
                since,
                next,
                datasets,
                batches,
                followUp,
                outcomes,
                run.isEmpty() ? Optional.empty() : Optional.of(run),
                end == NONE ? Optional.empty() : Optional.of(ENDS.get(end - 1)),
                name);
    }

    static Stage stage(byte[] packed) {
        return STAGES.get(packed[0]);
    }

    /** Whether it waits for nothing but its turn. */
    static boolean isToBePosted(byte[] packed) {
        return stage(packed) == Stage.WAITING
                && unpack(packed)
                        .next()
                        .filter(next -> next.step() == NextStep.AWAIT_DATASETS)
                        .isEmpty();
    }

    static long since(byte[] packed) {
        var in = new PackedTarget(packed);
        in.at = 1;
        return in.number();
    }

    static Optional<String> name(byte[] packed) {
        var in = new PackedTarget(packed);
        in.at = 1;
        in.number();
        return in.text((int) in.number());
    }

    private static void writeAll(ByteArrayOutputStream out, List<Long> numbers) {
        write(out, numbers.size());
        var before = 0L;
        for (var number : numbers) {
            write(out, number - before);
            before = number;
        }
    }

    /** Seven bits a byte; the sign comes last, for a difference may be less than nothing. */
    private static void write(ByteArrayOutputStream out, long number) {
        var rest = (number << 1) ^ (number >> 63);
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private long number() {
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

    private Optional<String> text(int length) {
        var text = new String(bytes, at, length, UTF_8);
        at += length;
        return Optional.of(text).filter(any -> !any.isEmpty());
    }

    private List<Long> numbers() {
        var numbers = new ArrayList<Long>();
        var before = 0L;
        for (var left = number(); left > 0; left--) {
            before += number();
            numbers.add(before);
        }
        return numbers;
    }
}
