package io.freshet.testing;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.requests.FetchRequest;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.ResponseHeader;

/** With which codecs the batches of a partition are compressed as the broker gives them out, which no client tells. */
public final class BatchCodecs {

    /** The last one that names topics rather than their ids. */
    private static final short VERSION = 12;

    private BatchCodecs() {}

    /** By one request for at most a megabyte from the beginning of the log; markers of transactions are left out. */
    public static Set<String> of(String bootstrapServers, TopicPartition partition) {
        var first = URI.create("kafka://" + bootstrapServers.replaceAll(",.*", ""));
        try (var socket = new Socket(first.getHost(), first.getPort())) {
            send(socket, partition);
            return codecs(receive(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void send(Socket socket, TopicPartition partition) throws IOException {
        var wanted = new FetchRequest.PartitionData(Uuid.ZERO_UUID, 0, 0, 1 << 20, Optional.empty());
        var bytes = FetchRequest.Builder.forConsumer(VERSION, 0, 0, Map.of(partition, wanted))
                .build(VERSION)
                .serializeWithHeader(new RequestHeader(ApiKeys.FETCH, VERSION, "batch-codecs", 1));
        var request = new byte[bytes.remaining()];
        bytes.get(request);
        var out = new DataOutputStream(socket.getOutputStream());
        out.writeInt(request.length);
        out.write(request);
        out.flush();
    }

    private static FetchResponse receive(Socket socket) throws IOException {
        var in = new DataInputStream(socket.getInputStream());
        var answer = ByteBuffer.wrap(in.readNBytes(in.readInt()));
        ResponseHeader.parse(answer, ApiKeys.FETCH.responseHeaderVersion(VERSION));
        return FetchResponse.parse(new ByteBufferAccessor(answer), VERSION);
    }

    private static Set<String> codecs(FetchResponse response) {
        var codecs = new TreeSet<String>();
        response.data().responses().forEach(topic -> topic.partitions()
                .forEach(partition -> FetchResponse.recordsOrFail(partition)
                        .batches()
                        .forEach(batch -> {
                            if (!batch.isControlBatch()) {
                                codecs.add(batch.compressionType().name);
                            }
                        })));
        return codecs;
    }
}
