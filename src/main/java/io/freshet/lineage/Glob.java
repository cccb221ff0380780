package io.freshet.lineage;

import java.util.Locale;

/** A text in which {@code *} stands for anything, without regard to case. */
public record Glob(String pattern) {

    public Glob {
        pattern = pattern.strip().toLowerCase(Locale.ROOT);
    }

    /** In steps of the text's length times the pattern's at most, whatever both are. */
    boolean matches(String text) {
        var wanted = text.strip().toLowerCase(Locale.ROOT);
        var at = 0;
        var in = 0;
        var star = -1;
        var from = 0;
        while (at < wanted.length()) {
            if (in < pattern.length() && pattern.charAt(in) == '*') {
                star = in++;
                from = at;
            } else if (in < pattern.length() && pattern.charAt(in) == wanted.charAt(at)) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++from;
            } else {
                return false;
            }
        }
        return pattern.substring(in).chars().allMatch(letter -> letter == '*');
    }
}
