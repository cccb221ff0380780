package io.freshet.testing;

/**
 * A promise that was not kept.
 *
 * @param isForGood whether nothing that may still come heals it, so that nobody needs to wait
 */
record Broken(String what, boolean isForGood) {

    static Broken forGood(String what) {
        return new Broken(what, true);
    }

    /** As far as is known by now. */
    static Broken soFar(String what) {
        return new Broken(what, false);
    }
}
