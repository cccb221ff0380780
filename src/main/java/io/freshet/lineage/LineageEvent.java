package io.freshet.lineage;

import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Function;

/** What a record of OpenLineage turned out to be. */
public sealed interface LineageEvent {

    <T> T fold(Function<RunUpdate, T> run, Function<NoConcern, T> noConcern, BiFunction<String, String, T> unusable);

    /** Of a run that writes something, or may have said so earlier. */
    record OfRun(RunUpdate update) implements LineageEvent {
        @Override
        public <T> T fold(
                Function<RunUpdate, T> run, Function<NoConcern, T> noConcern, BiFunction<String, String, T> unusable) {
            return run.apply(update);
        }
    }

    /** A good event from which nothing follows. */
    enum NoConcern implements LineageEvent {
        /** Freshet has written it. */
        OWN,
        /** It tells of a job or of a dataset, and of no run. */
        NO_RUN,
        /** It names nothing that is written, and ends nothing. */
        NO_OUTPUT,
        /** A test reads. */
        TEST;

        @Override
        public <T> T fold(
                Function<RunUpdate, T> run, Function<NoConcern, T> noConcern, BiFunction<String, String, T> unusable) {
            return noConcern.apply(this);
        }

        /** As it is spelled in metrics. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * No event of OpenLineage.
     *
     * @param code one word for machines
     * @param reason one sentence that a person can act on
     */
    record Unusable(String code, String reason) implements LineageEvent {
        @Override
        public <T> T fold(
                Function<RunUpdate, T> run, Function<NoConcern, T> noConcern, BiFunction<String, String, T> unusable) {
            return unusable.apply(code, reason);
        }
    }
}
