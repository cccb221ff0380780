package io.freshet.sandbox;

import java.util.List;

/** @param number of the page, from 1 */
record Page(int number, int size) {

    static final int LARGEST = 30;

    /** Nothing past the end. */
    <T> List<T> of(List<T> all) {
        return slice(all, (number - 1) * size);
    }

    /** Every page begins with the last row of the page before, until there is nothing new to show. */
    <T> List<T> overlapping(List<T> all) {
        return slice(all, (number - 1) * (size - 1));
    }

    int pagesOf(List<?> all) {
        return Math.max(1, (all.size() + size - 1) / size);
    }

    /** Lists that take no notice of {@code per_page}. */
    Page ofFixedSize() {
        return new Page(number, LARGEST);
    }

    private <T> List<T> slice(List<T> all, int from) {
        return from >= all.size() ? List.of() : all.subList(from, Math.min(all.size(), from + size));
    }
}
