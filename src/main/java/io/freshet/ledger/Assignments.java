package io.freshet.ledger;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Which partitions are this replica's, each with the number of the assignment that it came with: a partition may go
 * and come back while it is read, and then what was read the first time counts no more. Plain Java, for one thread.
 */
final class Assignments {

    private final Map<Integer, Integer> numbers = new HashMap<>();
    private int last;

    /** These partitions are this replica's, and whatever was begun for them before counts no more. */
    Map<Integer, Integer> begin(Set<Integer> partitions) {
        last++;
        var begun = new HashMap<Integer, Integer>();
        partitions.forEach(partition -> begun.put(partition, last));
        numbers.putAll(begun);
        return begun;
    }

    /** Whether the partition is still this replica's by that assignment, without a later one. */
    boolean isCurrent(int partition, Map<Integer, Integer> assignment) {
        var number = numbers.get(partition);
        return number != null && number.equals(assignment.get(partition));
    }

    /** These partitions are another replica's. */
    void end(Set<Integer> partitions) {
        numbers.keySet().removeAll(partitions);
    }

    boolean owns(int partition) {
        return numbers.containsKey(partition);
    }

    /** All that are this replica's, restored or not. */
    Set<Integer> partitions() {
        return Set.copyOf(numbers.keySet());
    }
}
