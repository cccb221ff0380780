package io.freshet.mode;

import io.freshet.mode.Answer.Failure;
import io.freshet.mode.Answer.Kind;
import java.util.function.Function;

/** What keeps calls from leaving at present, other than the budget. */
public sealed interface Trouble {

    /** Mode is in trouble, or refuses the credential. */
    record OfCalls(Failure<?> failure) implements Trouble {
        @Override
        public String text() {
            return failure.toString();
        }

        @Override
        public String inShort() {
            return "kind=%s status=%d".formatted(failure.kind().word(), failure.status());
        }

        @Override
        public String fold(Function<Kind, String> ofCalls, String otherwise) {
            return ofCalls.apply(failure.kind());
        }
    }

    /** The group hasn't said lately that the workspace is still this replica's. */
    record Unconfirmed() implements Trouble {
        @Override
        public String text() {
            return "it isn't confirmed that this replica still owns the workspace: calls to Mode are paused until it is";
        }

        @Override
        public String inShort() {
            return text();
        }

        @Override
        public String fold(Function<Kind, String> ofCalls, String otherwise) {
            return otherwise;
        }
    }

    /** For who may read what Mode said. */
    String text();

    /** The same without Mode's own words, which may quote anything. */
    String inShort();

    /** @param otherwise if it is none of Mode's making */
    String fold(Function<Kind, String> ofCalls, String otherwise);
}
