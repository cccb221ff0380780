package io.freshet.event;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What a change says has changed, or what is to be refreshed. */
public sealed interface Target {

    /** One answer per kind of target; the only place that tells them apart from outside. */
    <T> T fold(
            Function<DataSource, T> dataSource,
            Function<Space, T> space,
            Function<Datasets, T> datasets,
            Function<Report, T> report);

    /** The token of the data source, if this target is one. */
    default Optional<String> dataSource() {
        return fold(
                one -> Optional.of(one.token()),
                one -> Optional.empty(),
                one -> Optional.empty(),
                one -> Optional.empty());
    }

    /** This target if it is a report. */
    default Optional<Report> report() {
        return fold(one -> Optional.empty(), one -> Optional.empty(), one -> Optional.empty(), Optional::of);
    }

    /** How many tokens it has. */
    default int size() {
        return fold(
                one -> 1,
                one -> 1,
                one -> one.tokens().size(),
                one -> 1 + one.datasets().size());
    }

    /** Every dataset on a data source. */
    record DataSource(String token) implements Target {
        @Override
        public <T> T fold(
                Function<DataSource, T> dataSource,
                Function<Space, T> space,
                Function<Datasets, T> datasets,
                Function<Report, T> report) {
            return dataSource.apply(this);
        }

        @Override
        public String toString() {
            return "data_source=" + token;
        }
    }

    /** Every dataset in a Collection, which the API calls a space. */
    record Space(String token) implements Target {
        @Override
        public <T> T fold(
                Function<DataSource, T> dataSource,
                Function<Space, T> space,
                Function<Datasets, T> datasets,
                Function<Report, T> report) {
            return space.apply(this);
        }

        @Override
        public String toString() {
            return "space=" + token;
        }
    }

    /** These datasets. */
    record Datasets(SortedSet<String> tokens) implements Target {
        public Datasets {
            tokens = Collections.unmodifiableSortedSet(new TreeSet<>(tokens));
        }

        @Override
        public <T> T fold(
                Function<DataSource, T> dataSource,
                Function<Space, T> space,
                Function<Datasets, T> datasets,
                Function<Report, T> report) {
            return datasets.apply(this);
        }

        @Override
        public String toString() {
            return "datasets=" + tokens;
        }
    }

    /**
     * One report, because somebody asked for it.
     *
     * @param datasets which datasets its run names; empty means all that the report imports
     */
    record Report(String token, SortedSet<String> datasets) implements Target {
        public Report {
            datasets = Collections.unmodifiableSortedSet(new TreeSet<>(datasets));
        }

        @Override
        public <T> T fold(
                Function<DataSource, T> dataSource,
                Function<Space, T> space,
                Function<Datasets, T> datasetsNamed,
                Function<Report, T> report) {
            return report.apply(this);
        }

        @Override
        public String toString() {
            return "report=" + token;
        }
    }
}
