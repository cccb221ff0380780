package io.freshet.event;

import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Input records as what they say, or as what is wrong with them. Never fails, whatever the bytes. */
public final class EventReader {

    static final String CHANGE = "io.freshet.data-changed.v1";
    static final String REFRESH = "io.freshet.refresh-requested.v1";

    private static final int LONGEST_REASON = 1_000;
    private static final String NOTHING_CHANGED =
            "It doesn't say what has changed: name a \"data_source\", a \"space\" or \"datasets\".";
    private static final String NO_REPORT = "\"report_token\" is missing: it names a token.";
    private static final String NOT_A_CHANGE = "not_a_change";
    private static final String NOT_A_REFRESH = "not_a_refresh";

    /** @param now times may be a day ahead of this at most */
    public Decoded<Change> readChange(InboundRecord record, Accounts accounts, Instant now) {
        return read(record, CHANGE, NOT_A_CHANGE, accounts, now, EventReader::target, ChangedTables::read);
    }

    /** @param now times may be a day ahead of this at most */
    public Decoded<Change> readRefresh(InboundRecord record, Accounts accounts, Instant now) {
        return read(record, REFRESH, NOT_A_REFRESH, accounts, now, EventReader::report, EventReader::noTables);
    }

    private static Decoded<Change> read(
            InboundRecord record,
            String type,
            String wrong,
            Accounts accounts,
            Instant now,
            Function<Fields, Target> targets,
            BiFunction<Fields, Target, SortedSet<String>> tables) {
        try {
            var envelope = Envelope.of(record, wrong);
            envelope.type().filter(said -> !said.equals(type)).ifPresent(said -> {
                throw new Unusable(wrong, "The CloudEvents type is " + SafeText.of(said) + ": send " + type + ".");
            });
            var fields = new Fields(envelope.data().get(), wrong, now);
            var target = targets.apply(fields);
            return new Decoded.Usable<>(
                    change(record, envelope, fields, accounts, target, tables.apply(fields, target)));
        } catch (Unusable unusable) {
            return unusable.decoded();
        }
    }

    private static Change change(
            InboundRecord record,
            Envelope envelope,
            Fields fields,
            Accounts accounts,
            Target target,
            SortedSet<String> tables) {
        var account = account(fields, accounts);
        var changedAt = fields.time("changed_at")
                .or(() -> envelope.time().get().map(said -> fields.time("time", said)))
                .orElseGet(() -> recordedAt(record, fields));
        var dataSource = target.dataSource().orElse(null);
        var ref = new ChangeRef(envelope.source(), envelope.id(), changedAt, reason(fields), dataSource);
        return new Change(account, target, tables, ref, envelope.traces(), record.place());
    }

    /** A producer may have any clock; then the time of arrival counts. */
    private static Instant recordedAt(InboundRecord record, Fields fields) {
        return fields.isInReason(record.timestamp()) ? record.timestamp() : fields.now();
    }

    private static Target target(Fields fields) {
        var named = Stream.of("data_source", "space", "datasets")
                .filter(fields::has)
                .toList();
        if (named.size() != 1) {
            throw new Unusable(
                    NOT_A_CHANGE,
                    named.isEmpty()
                            ? ForeignObject.reason(fields.object(), NOTHING_CHANGED)
                            : "It names " + named + ": send one change for each.");
        }
        return switch (named.get(0)) {
            case "data_source" -> new Target.DataSource(fields.requiredToken("data_source"));
            case "space" -> new Target.Space(fields.requiredToken("space"));
            default -> new Target.Datasets(fields.requiredTokens("datasets"));
        };
    }

    private static Target report(Fields fields) {
        if (!fields.has("report_token")) {
            throw new Unusable(NOT_A_REFRESH, ForeignObject.reason(fields.object(), NO_REPORT));
        }
        var datasets = fields.has("dataset_tokens")
                ? fields.requiredTokens("dataset_tokens")
                : Collections.<String>emptySortedSet();
        return new Target.Report(fields.requiredToken("report_token"), datasets);
    }

    private static SortedSet<String> noTables(Fields fields, Target target) {
        return Collections.emptySortedSet();
    }

    private static @Nullable String reason(Fields fields) {
        return fields.text("reason")
                .map(reason -> SafeText.carried(reason, LONGEST_REASON))
                .orElse(null);
    }

    private static String account(Fields fields, Accounts accounts) {
        Optional<String> named = fields.text("account");
        if (named.isEmpty()) {
            return accounts.only()
                    .orElseThrow(() -> new Unusable(
                            "unknown_account", "It names no \"account\", and there is more than one workspace."));
        }
        return named.filter(accounts::knows)
                .orElseThrow(() -> new Unusable(
                        "unknown_account",
                        "No workspace is configured for the account " + SafeText.of(named.get())
                                + ": see freshet.workspace.account."));
    }
}
