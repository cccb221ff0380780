package io.freshet.view;

import io.freshet.event.FactKey;
import io.freshet.event.Kind;
import io.freshet.event.Presentation;
import io.freshet.event.StoredForm;
import io.freshet.event.StoredObject;
import io.freshet.event.WorkspaceFactJson;
import java.io.IOException;
import java.util.function.LongConsumer;

/** What one record of the state topic changes in the view of its workspace. */
interface StateUpdate {

    /** @param settled hears of each change that is settled by it */
    void to(WorkspaceView workspace, LongConsumer settled);

    /**
     * @throws io.freshet.event.NewerReaderNeeded if only a later version may read it
     * @throws IOException if Freshet didn't write it
     */
    static StateUpdate of(ViewKey key, byte[] value, Presentation presentation) throws IOException {
        var json = StoredForm.read(value);
        return switch (key.kind()) {
            case REPORT -> target(Kind.REPORT, key, json, presentation);
            case DATASET -> target(Kind.DATASET, key, json, presentation);
            case CHANGE -> {
                var digest = digest(key);
                var changedAt = json.time("changed_at");
                var dataSource = json.optionalText("data_source").orElse(null);
                yield (workspace, settled) -> workspace.opened(digest, changedAt, dataSource);
            }
            case BATCH -> {
                var number = number(key);
                var batch = BatchJson.read(json);
                yield (workspace, settled) -> workspace.batch(number, batch, settled);
            }
            case FACT -> {
                var fact = WorkspaceFactJson.read(fact(key), value);
                yield (workspace, settled) -> workspace.holds().known(fact);
            }
            case UNSHOWN -> {
                var now = new UnderObjectives.Standing(UnshownReport.of(key, json), LateReport.of(key, json));
                yield (workspace, settled) -> workspace.objectives().put(key.name(), now);
            }
        };
    }

    private static StateUpdate target(Kind kind, ViewKey key, StoredObject json, Presentation presentation)
            throws IOException {
        var read = TargetStateJson.read(json);
        var state = presentation.showsNames(key.account()) ? read : read.withoutName();
        return (workspace, settled) -> workspace.target(kind, key.name(), state);
    }

    /** The record is gone, or counts no longer. */
    static StateUpdate gone(ViewKey key) throws IOException {
        return switch (key.kind()) {
            case REPORT -> (workspace, settled) -> workspace.target(Kind.REPORT, key.name(), null);
            case DATASET -> (workspace, settled) -> workspace.target(Kind.DATASET, key.name(), null);
            case CHANGE -> {
                var digest = digest(key);
                yield (workspace, settled) -> workspace.closed(digest);
            }
            case BATCH -> {
                var number = number(key);
                yield (workspace, settled) -> workspace.forgotten(number);
            }
            case FACT -> (workspace, settled) -> workspace.holds().unknown(key.name());
            case UNSHOWN ->
                (workspace, settled) -> workspace.objectives().put(key.name(), UnderObjectives.Standing.NONE);
        };
    }

    private static FactKey fact(ViewKey key) throws IOException {
        return FactKey.parse(key.account(), key.name())
                .orElseThrow(() -> new IOException("its key is no fact that this version knows"));
    }

    private static long digest(ViewKey key) throws IOException {
        try {
            return Long.parseUnsignedLong(key.name(), 16);
        } catch (NumberFormatException e) {
            throw new IOException("its key is no digest", e);
        }
    }

    private static long number(ViewKey key) throws IOException {
        try {
            return Long.parseLong(key.name());
        } catch (NumberFormatException e) {
            throw new IOException("its key is no number", e);
        }
    }
}
