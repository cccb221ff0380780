package io.freshet.api.produce;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Cuts a batch into its elements, byte for byte. What each of them is, is for the reader of events to say. */
final class EventBatch {

    static final int MOST = 1_000;

    private static final JsonFactory JSON = new JsonFactory();
    private static final String NO_ARRAY = "A batch is a JSON array of CloudEvents, [{…}, …], in UTF-8.";

    /** What a body turned out to be. */
    sealed interface Cut {

        <R> R fold(Function<Elements, R> elements, Function<Torn, R> torn, Function<TooMany, R> tooMany);

        record Elements(List<byte[]> all) implements Cut {
            @Override
            public <R> R fold(Function<Elements, R> elements, Function<Torn, R> torn, Function<TooMany, R> tooMany) {
                return elements.apply(this);
            }
        }

        /** @param index of the element that isn't whole */
        record Torn(int index, String reason) implements Cut {
            @Override
            public <R> R fold(Function<Elements, R> elements, Function<Torn, R> torn, Function<TooMany, R> tooMany) {
                return torn.apply(this);
            }
        }

        record TooMany() implements Cut {
            @Override
            public <R> R fold(Function<Elements, R> elements, Function<Torn, R> torn, Function<TooMany, R> tooMany) {
                return tooMany.apply(this);
            }
        }
    }

    private EventBatch() {}

    static Cut cut(byte[] body) {
        var elements = new ArrayList<byte[]>();
        try (var parser = JSON.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY
                    || parser.currentTokenLocation().getByteOffset() < 0) {
                return new Cut.Torn(0, NO_ARRAY);
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (elements.size() == MOST) {
                    return new Cut.TooMany();
                }
                elements.add(element(body, parser));
            }
            return parser.nextToken() == null
                    ? new Cut.Elements(List.copyOf(elements))
                    : new Cut.Torn(elements.size(), "Something follows the array: leave it out.");
        } catch (JsonProcessingException e) {
            return new Cut.Torn(elements.size(), "The array is no JSON from here on, or isn't whole. " + NO_ARRAY);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory that can't be read", e);
        }
    }

    private static byte[] element(byte[] body, JsonParser parser) throws IOException {
        var begin = parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        parser.finishToken();
        return Arrays.copyOfRange(
                body,
                Math.toIntExact(begin),
                Math.toIntExact(parser.currentLocation().getByteOffset()));
    }
}
