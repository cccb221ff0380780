package io.freshet.event;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * In which partition of Freshet's own topics a workspace lies: CRC-32 of its account in UTF-8, modulo their number. It is
 * part of the contract and pinned by a test, since Kafka's own partitioners may change.
 *
 * @param count how many partitions the inbox and the state have; fixed at the first start
 */
public record WorkspacePartitions(int count) {

    public WorkspacePartitions {
        if (count < 1) {
            throw new IllegalArgumentException("a topic has at least 1 partition, not " + count);
        }
    }

    public int of(String account) {
        var crc = new CRC32();
        crc.update(account.getBytes(StandardCharsets.UTF_8));
        return (int) (crc.getValue() % count);
    }
}
