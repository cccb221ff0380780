package io.freshet.run;

import io.freshet.event.NotSucceeded;
import io.freshet.event.Target;
import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import io.freshet.plan.Batch;

/**
 * Why changes of a target will never mean anything.
 *
 * @param code one word for machines
 * @param reason one sentence that a person can act on
 */
record Refused(String code, String reason) {

    /** Mode has said so for good. */
    static Refused of(Batch batch, Failure<?> failure) {
        var words = words(batch.target());
        if (failure.kind() == Kind.NOT_FOUND) {
            return new Refused(
                    kind(batch.target()) + "_not_found",
                    "Mode knows no %s %s in %s: correct the token, and check that the API key may see it."
                            .formatted(words, named(batch.target()), batch.account()));
        }
        return new Refused(
                failure.kind().word(),
                "Mode refuses to tell what depends on the %s %s in %s: %s."
                        .formatted(words, named(batch.target()), batch.account(), failure.message()));
    }

    static Refused gaveUp(Batch batch, Failure<?> failure) {
        return new Refused(
                "gave_up",
                "Mode could not tell since %s what depends on the %s %s in %s, though it answered other calls: %s. Look at it in Mode, then send the change again."
                        .formatted(
                                batch.failingSince().map(Object::toString).orElse("now"),
                                words(batch.target()),
                                named(batch.target()),
                                batch.account(),
                                failure.message()));
    }

    NotSucceeded told(Batch batch) {
        return new NotSucceeded(first(batch.target()), kind(batch.target()), "refused", code, null);
    }

    private static String kind(Target target) {
        return target.fold(one -> "data_source", one -> "space", one -> "dataset", one -> "report");
    }

    /** As people say it. */
    private static String words(Target target) {
        return target.fold(one -> "data source", one -> "Collection", one -> "dataset", one -> "report");
    }

    private static String first(Target target) {
        return target.fold(
                one -> one.token(), one -> one.token(), one -> one.tokens().first(), one -> one.token());
    }

    private static String named(Target target) {
        return target.fold(
                one -> one.token(), one -> one.token(), one -> String.join(", ", one.tokens()), one -> one.token());
    }
}
