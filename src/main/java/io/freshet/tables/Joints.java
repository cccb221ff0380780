package io.freshet.tables;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which pieces of text a template may put next to each other. Nothing that counts goes on beyond a blank, a comma or a bracket;
 * where there is none on either side of a joint, two pieces may make a name, its qualifier, a pattern or an escape together.
 */
final class Joints {

    private static final String ENDS = ",;()=<>";

    /** What may come before a block, and after one of its branches, comes before each piece that follows. */
    private static final class Block {
        private final boolean openBefore;
        private boolean openAfter;

        Block(boolean openBefore) {
            this.openBefore = openBefore;
        }
    }

    private final Deque<Block> blocks = new ArrayDeque<>();
    /** Whether what comes next may go on with what was last printed, whichever way was taken. */
    private boolean isOpen;

    private boolean isLeftOpen;

    /** False if the text may go on with what comes before it. */
    boolean passText(String text, int from, int to) {
        if (from == to) {
            return true;
        }
        if (isOpen && !isEnd(text.charAt(from)) && !isWrittenLineEnd(text, from)) {
            return false;
        }
        isOpen = !isEnd(text.charAt(to - 1));
        return true;
    }

    /** False if what is put in here may go on with what comes before it; its own end isn't known. */
    boolean passDefinition() {
        var isApart = !isOpen;
        isOpen = true;
        return isApart;
    }

    /** What is put in here is no part of a name. */
    void passValue() {
        isOpen = false;
    }

    void begin() {
        blocks.push(new Block(isOpen));
    }

    /** The end of one turn comes before the beginning of the next. */
    void beginLoop() {
        begin();
        isOpen = true;
    }

    void nextBranch() {
        var block = blocks.peek();
        if (block != null) {
            block.openAfter |= isOpen;
            isOpen = block.openBefore;
        }
    }

    /** To the end of a loop, which may be any of the blocks around. */
    void leave() {
        isLeftOpen |= isOpen;
    }

    void end() {
        var block = blocks.poll();
        if (block != null) {
            isOpen = isOpen || block.openBefore || block.openAfter || isLeftOpen;
        }
    }

    /** Definitions may come with their line ends written as {@code \\n}. */
    private static boolean isWrittenLineEnd(String text, int at) {
        return text.startsWith("\\n", at) || text.startsWith("\\r", at) || text.startsWith("\\t", at);
    }

    private static boolean isEnd(char c) {
        return Character.isWhitespace(c) || ENDS.indexOf(c) >= 0;
    }
}
