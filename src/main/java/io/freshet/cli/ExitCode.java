package io.freshet.cli;

/** What the end of a command says to scripts. */
final class ExitCode {

    static final int GOOD = 0;
    /** It was done, and has not ended well: reports failed, or a check did. */
    static final int BAD = 1;
    /** An argument or a setting is wrong. */
    static final int USAGE = 2;
    /** Freshet has refused. */
    static final int REFUSED = 3;
    /** Freshet can't be reached, or can't tell in time: the same command may do later. */
    static final int LATER = 4;

    private ExitCode() {}
}
