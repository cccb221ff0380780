package io.freshet.sandbox;

import java.util.Optional;
import java.util.function.Consumer;

/** What datasets read. At first each reads the one table that has its name. */
public final class SqlOfDatasets {

    private final SandboxWorkspace workspace;

    SqlOfDatasets(SandboxWorkspace workspace) {
        this.workspace = workspace;
    }

    /** Somebody changes it and saves it. Nothing is run by that. */
    public void write(String dataset, String sql) {
        edit(dataset, Optional.of(sql));
    }

    /** Mode doesn't show it any more: the field is null. */
    public void hide(String dataset) {
        edit(dataset, Optional.empty());
    }

    /** {@code {{ @name }}} stands for this in queries from now on. */
    public void define(String name, String source) {
        change(contents -> {
            var known = contents.definitions.get(name);
            var id = known == null ? contents.newId() : known.id();
            contents.definitions.put(name, new SqlDefinition("%012x".formatted(id), id, name, source, contents.now()));
        });
    }

    private void edit(String dataset, Optional<String> sql) {
        change(contents ->
                contents.datasets.computeIfPresent(dataset, (token, known) -> known.edited(sql, contents.now())));
    }

    private void change(Consumer<Contents> deed) {
        workspace.locked(contents -> {
            deed.accept(contents);
            return contents;
        });
    }
}
