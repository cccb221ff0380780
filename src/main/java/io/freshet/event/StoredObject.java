package io.freshet.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A stored object, its fields asked for by name and type. What is missing or of another type is an {@link IOException}. */
public record StoredObject(JsonNode json) {

    public boolean has(String name) {
        return json.has(name);
    }

    public String text(String name) throws IOException {
        return optionalText(name).orElseThrow(() -> missing(name));
    }

    public Optional<String> optionalText(String name) {
        return Optional.ofNullable(json.path(name).textValue());
    }

    public long number(String name) throws IOException {
        var field = json.path(name);
        if (!field.isIntegralNumber() || !field.canConvertToLong()) {
            throw missing(name);
        }
        return field.longValue();
    }

    public int smallNumber(String name) throws IOException {
        var number = number(name);
        if (number != (int) number) {
            throw missing(name);
        }
        return (int) number;
    }

    /** One that isn't there is false. */
    public boolean flag(String name) {
        return json.path(name).booleanValue();
    }

    public Instant time(String name) throws IOException {
        return optionalTime(name).orElseThrow(() -> missing(name));
    }

    public Optional<Instant> optionalTime(String name) throws IOException {
        var text = optionalText(name);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeException e) {
            throw new IOException("its \"" + name + "\" is no time", e);
        }
    }

    public Duration duration(String name) throws IOException {
        return optionalDuration(name).orElseThrow(() -> missing(name));
    }

    public Optional<Duration> optionalDuration(String name) throws IOException {
        var text = optionalText(name);
        try {
            return text.map(Duration::parse);
        } catch (DateTimeException e) {
            throw new IOException("its \"" + name + "\" is no duration", e);
        }
    }

    public ChangeDigests changeDigests(String name) throws IOException {
        var text = text(name);
        try {
            return ChangeDigests.fromBase64(text);
        } catch (IllegalArgumentException e) {
            throw new IOException("its \"" + name + "\" are no changes", e);
        }
    }

    public StoredObject object(String name) throws IOException {
        if (!json.path(name).isObject()) {
            throw missing(name);
        }
        return new StoredObject(json.path(name));
    }

    /** None if it isn't there. */
    public List<StoredObject> objects(String name) {
        var objects = new ArrayList<StoredObject>();
        json.path(name).forEach(element -> objects.add(new StoredObject(element)));
        return objects;
    }

    /** None if it isn't there. */
    public List<String> texts(String name) {
        var texts = new ArrayList<String>();
        json.path(name).forEach(element -> texts.add(element.asText()));
        return texts;
    }

    public List<Long> numbers(String name) throws IOException {
        var numbers = new ArrayList<Long>();
        for (var element : json.path(name)) {
            if (!element.isIntegralNumber() || !element.canConvertToLong()) {
                throw missing(name);
            }
            numbers.add(element.longValue());
        }
        return numbers;
    }

    private static IOException missing(String name) {
        return new IOException("it has no \"" + name + "\", or another kind of it");
    }
}
