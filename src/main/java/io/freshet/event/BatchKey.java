package io.freshet.event;

/**
 * Changes of a workspace that were planned together.
 *
 * @param number counted per workspace, from 1
 */
public record BatchKey(String account, long number) {

    /** As events name it. */
    public String name() {
        return Long.toString(number);
    }

    @Override
    public String toString() {
        return account + "/" + number;
    }
}
