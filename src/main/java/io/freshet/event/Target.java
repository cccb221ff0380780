package io.freshet.event;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;

/** What a change says has changed. */
public sealed interface Target {

    /** Every dataset on a data source. */
    record DataSource(String token) implements Target {
        @Override
        public <T> T fold(
                Function<DataSource, T> dataSource, Function<Space, T> space, Function<Datasets, T> datasets) {
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
                Function<DataSource, T> dataSource, Function<Space, T> space, Function<Datasets, T> datasets) {
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
                Function<DataSource, T> dataSource, Function<Space, T> space, Function<Datasets, T> datasets) {
            return datasets.apply(this);
        }

        @Override
        public String toString() {
            return "datasets=" + tokens;
        }
    }

    <T> T fold(Function<DataSource, T> dataSource, Function<Space, T> space, Function<Datasets, T> datasets);
}
