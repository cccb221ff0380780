package io.freshet.tables;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Where a mark stands in a text, found once, however often it is asked for. */
final class Marks {

    private final int[] all;
    private final int length;
    private final int end;

    Marks(String text, String mark) {
        this.all = IntStream.iterate(text.indexOf(mark), at -> at >= 0, at -> text.indexOf(mark, at + 1))
                .toArray();
        this.length = mark.length();
        this.end = text.length();
    }

    /** Behind the first that begins there or later; else the text's end. */
    int endOfNext(int start) {
        var found = Arrays.binarySearch(all, start);
        var next = found < 0 ? -found - 1 : found;
        return next < all.length ? all[next] + length : end;
    }
}
