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

    private PackedTarget() {}

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
        var in = new PackedReader(packed);
        var stage = STAGES.get(in.single());
        var since = in.number();
        var name = in.text();
        var step = in.single();
        var next = step == NONE
                ? Optional.<TargetState.Next>empty()
                : Optional.of(new TargetState.Next(STEPS.get(step - 1), in.number()));
        var lastOutcome = outcome(in);
        var datasets = (int) in.number();
        var batches = in.numbers();
        var followUp = in.numbers();
        var outcomes = new ArrayList<TargetState.OutcomeOf>();
        for (var left = in.number(); left > 0; left--) {
            outcomes.add(new TargetState.OutcomeOf(in.number(), ENDS.get(in.single())));
        }
        return new TargetState(stage, since, next, datasets, batches, followUp, outcomes, in.rest(), lastOutcome, name);
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
        return atSince(packed).number();
    }

    static Optional<String> name(byte[] packed) {
        var in = atSince(packed);
        in.number();
        return in.text();
    }

    static Optional<Outcome> lastOutcome(byte[] packed) {
        return outcome(atLastOutcome(packed));
    }

    /** Where it stands in the batch of this number; empty if it isn't of it, or has forgotten that it was. */
    static Optional<BatchStanding> standing(long batch, byte[] packed) {
        var in = atLastOutcome(packed);
        in.single();
        in.number();
        var isAnswered = in.hasAmongNumbers(batch);
        var isNext = in.hasAmongNumbers(batch);
        if (isAnswered || isNext) {
            return Optional.of(BatchStanding.UNDER_WAY);
        }
        for (var left = in.number(); left > 0; left--) {
            var number = in.number();
            var end = ENDS.get(in.single());
            if (number == batch) {
                return Optional.of(BatchStanding.ended(end));
            }
        }
        return Optional.empty();
    }

    private static PackedReader atSince(byte[] packed) {
        var in = new PackedReader(packed);
        in.single();
        return in;
    }

    private static PackedReader atLastOutcome(byte[] packed) {
        var in = atSince(packed);
        in.number();
        in.skipText();
        if (in.single() != NONE) {
            in.number();
        }
        return in;
    }

    private static Optional<Outcome> outcome(PackedReader in) {
        var end = in.single();
        return end == NONE ? Optional.empty() : Optional.of(ENDS.get(end - 1));
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
}
