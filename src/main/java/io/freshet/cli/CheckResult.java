package io.freshet.cli;

/**
 * What the doctor has seen.
 *
 * @param check kafka, topics, rights, transactions, mode, credential or clock
 * @param what is so
 * @param advice what to do; empty if there is nothing to be done
 */
record CheckResult(Level level, String check, String what, String advice) {

    enum Level {
        OK("ok"),
        WARN("warn"),
        FAIL("fail");

        private final String word;

        Level(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    static CheckResult ok(String check, String what) {
        return new CheckResult(Level.OK, check, what, "");
    }

    static CheckResult warn(String check, String what, String advice) {
        return new CheckResult(Level.WARN, check, what, advice);
    }

    static CheckResult fail(String check, String what, String advice) {
        return new CheckResult(Level.FAIL, check, what, advice);
    }

    /** One line, whatever a broker has said. */
    String line() {
        var line = "%s %s: %s%s".formatted(level.word(), check, what, advice.isEmpty() ? "" : "; " + advice);
        return line.replaceAll("\\s+", " ");
    }
}
