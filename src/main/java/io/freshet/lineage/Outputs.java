package io.freshet.lineage;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a run writes, as far as its events have said. A run that writes more than can be listed is taken to write all that
 * there is where it writes.
 */
public record Outputs(Set<Output> all) {

    static final int MOST = 1_000;
    static final int MOST_BYTES = 200_000;
    static final int MOST_NAMESPACES = 100;

    public static final Outputs NONE = new Outputs(Set.of());

    public Outputs {
        all = Collections.unmodifiableSet(isListable(all) ? new LinkedHashSet<>(all) : places(all));
    }

    static Outputs of(Collection<Output> outputs) {
        return new Outputs(new LinkedHashSet<>(outputs));
    }

    public Outputs and(Outputs more) {
        if (all.containsAll(more.all)) {
            return this;
        }
        var both = new LinkedHashSet<>(all);
        both.addAll(more.all);
        return new Outputs(both);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    int bytes() {
        return bytes(all);
    }

    private static int bytes(Set<Output> outputs) {
        return outputs.stream().mapToInt(Output::bytes).sum();
    }

    private static boolean isListable(Set<Output> outputs) {
        return outputs.size() <= MOST && bytes(outputs) <= MOST_BYTES;
    }

    private static Set<Output> places(Set<Output> outputs) {
        var places = new LinkedHashSet<Output>();
        outputs.stream()
                .flatMap(output -> output.names().stream())
                .map(TableName::namespace)
                .distinct()
                .limit(MOST_NAMESPACES)
                .forEach(namespace -> places.add(new Output(List.of(TableName.anyOf(namespace)))));
        return places;
    }
}
