package io.freshet.event;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Input records as what they say, or as what is wrong with them. Never fails, whatever the bytes. */
public final class EventReader {

    static final String CHANGE = "io.freshet.data-changed.v1";
    static final String REFRESH = "io.freshet.refresh-requested.v1";

    private static final int LONGEST_REASON = 256;
    private static final String NOT_A_CHANGE = "not_a_change";
    private static final String NOT_A_REFRESH = "not_a_refresh";

    public Decoded<Change> readChange(InboundRecord arrival, Accounts accounts) {
        return read(arrival, CHANGE, NOT_A_CHANGE, (envelope, fields) -> change(arrival, envelope, fields, accounts));
    }

    public Decoded<Refresh> readRefresh(InboundRecord arrival, Accounts accounts) {
        return read(
                arrival, REFRESH, NOT_A_REFRESH, (envelope, fields) -> refresh(arrival, envelope, fields, accounts));
    }

    private static <T> Decoded<T> read(
            InboundRecord arrival, String type, String wrong, BiFunction<Envelope, Fields, T> reading) {
        try {
            var envelope = Envelope.of(arrival, wrong);
            envelope.type().filter(said -> !said.equals(type)).ifPresent(said -> {
                throw new Unusable(wrong, "The CloudEvents type is " + SafeText.of(said) + ": send " + type + ".");
            });
            return new Decoded.Usable<>(reading.apply(envelope, new Fields(envelope.data(), wrong)));
        } catch (Unusable unusable) {
            return unusable.decoded();
        }
    }

    private static Change change(InboundRecord arrival, Envelope envelope, Fields fields, Accounts accounts) {
        var account = account(fields, accounts);
        var changedAt = fields.time("changed_at").or(envelope::time).orElseGet(() -> recordedAt(arrival, fields));
        var target = target(fields);
        Optional<String> dataSource =
                target.fold(one -> Optional.of(one.token()), space -> Optional.empty(), datasets -> Optional.empty());
        var cause = new ChangeRef(envelope.source(), envelope.id(), changedAt, reason(fields), dataSource.orElse(null));
        return new Change(account, target, cause, envelope.traces());
    }

    private static Instant recordedAt(InboundRecord arrival, Fields fields) {
        return Fields.inReason(arrival.timestamp(), "timestamp", fields.wrong());
    }

    private static Target target(Fields fields) {
        var named = Stream.of("data_source", "space", "datasets")
                .filter(fields::has)
                .toList();
        if (named.size() != 1) {
            throw new Unusable(
                    NOT_A_CHANGE,
                    named.isEmpty()
                            ? "It doesn't say what has changed: name a \"data_source\", a \"space\" or \"datasets\"."
                            : "It names " + named + ": send one change for each.");
        }
        return switch (named.get(0)) {
            case "data_source" -> new Target.DataSource(fields.requiredToken("data_source"));
            case "space" -> new Target.Space(fields.requiredToken("space"));
            default -> new Target.Datasets(fields.requiredTokens("datasets"));
        };
    }

    private static Refresh refresh(InboundRecord arrival, Envelope envelope, Fields fields, Accounts accounts) {
        var account = account(fields, accounts);
        var report = new ReportKey(account, fields.requiredToken("report_token"));
        var requestedAt = fields.time("requested_at").or(envelope::time).orElseGet(() -> recordedAt(arrival, fields));
        var listed = causes(fields);
        var changes = listed.isEmpty()
                ? ChangeRefs.of(cause(envelope, requestedAt, fields))
                : ChangeRefs.of(listed, fields.count("changes_count"), identities(fields));
        return new Refresh(
                report,
                fields.requiredTokens("dataset_tokens"),
                changes.in(envelope.traces()),
                requestedAt,
                fields.seconds(EventWriter.EXPECTED_RUNTIME),
                fields.flag(EventWriter.BACKFILL).orElseGet(changes::areBackfill));
    }

    private static List<ChangeRef> causes(Fields fields) {
        var field = fields.present("changes");
        if (field == null) {
            return List.of();
        }
        if (!field.isArray()) {
            throw new Unusable(NOT_A_REFRESH, "\"changes\" must be an array.");
        }
        var causes = new ArrayList<ChangeRef>();
        for (var element : field) {
            if (!(element instanceof ObjectNode object)) {
                throw new Unusable(NOT_A_REFRESH, "\"changes\" must hold nothing but objects.");
            }
            causes.add(cause(new Fields(object, NOT_A_REFRESH)));
        }
        return causes;
    }

    private static ChangeRef cause(Fields fields) {
        return new ChangeRef(
                required(fields, "source"),
                required(fields, "id"),
                fields.time("changed_at")
                        .orElseThrow(() -> new Unusable(NOT_A_REFRESH, "A change has no \"changed_at\".")),
                reason(fields),
                fields.has("data_source") ? fields.requiredToken("data_source") : null);
    }

    private static ChangeRef cause(Envelope envelope, Instant changedAt, Fields fields) {
        return new ChangeRef(envelope.source(), envelope.id(), changedAt, reason(fields));
    }

    private static String required(Fields fields, String name) {
        return fields.text(name)
                .filter(text -> !text.isEmpty() && SafeText.bytes(text) <= Envelope.LONGEST_IDENTITY)
                .orElseThrow(() -> new Unusable(
                        NOT_A_REFRESH,
                        "A change needs a \"" + name + "\" of 1 to " + Envelope.LONGEST_IDENTITY + " bytes."));
    }

    private static @Nullable String reason(Fields fields) {
        return fields.text("reason")
                .map(reason -> SafeText.cut(reason, LONGEST_REASON))
                .orElse(null);
    }

    private static Identities identities(Fields fields) {
        try {
            return fields.text(EventWriter.CHANGE_IDS)
                    .map(Identities::fromBase64)
                    .orElseGet(Identities::none);
        } catch (IllegalArgumentException e) {
            throw new Unusable(
                    NOT_A_REFRESH, "\"" + EventWriter.CHANGE_IDS + "\" is not what Freshet writes: leave it out.");
        }
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
