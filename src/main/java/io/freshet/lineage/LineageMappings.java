package io.freshet.lineage;

import java.util.List;
import java.util.Optional;

/** All mappings, in the order in which they are looked at. */
public record LineageMappings(List<LineageMapping> all) {

    public LineageMappings {
        all = List.copyOf(all);
    }

    /**
     * What a mapping says of an output.
     *
     * @param dataSources none where it is of no concern
     */
    record Mapped(TableName table, List<String> dataSources) {}

    /** The first mapping that is about any of its names; one that is for another workspace alone makes it none of this one's. */
    Optional<Mapped> of(String account, Output output) {
        return output.names().stream()
                .flatMap(table -> own(account, table).stream())
                .findFirst()
                .or(() -> output.names().stream()
                        .filter(table -> all.stream().anyMatch(mapping -> mapping.isAbout(table)))
                        .findFirst()
                        .map(table -> new Mapped(table, List.of())));
    }

    private Optional<Mapped> own(String account, TableName table) {
        return all.stream()
                .filter(mapping -> mapping.isAbout(table) && mapping.isFor(account))
                .findFirst()
                .map(mapping -> new Mapped(table, mapping.dataSources()));
    }

    /** Whether anything may follow from the event in this workspace. One that ends a run may be about what it said earlier. */
    public boolean mayConcern(String account, RunUpdate event) {
        return event.outputs().isEmpty()
                || event.outputs().all().stream().anyMatch(output -> of(account, output)
                        .filter(mapped -> mapped.dataSources().isEmpty())
                        .isEmpty());
    }
}
