package io.freshet.ledger;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.freshet.refresh.Attempts;
import io.freshet.refresh.Memory;
import io.freshet.refresh.Posting;
import io.freshet.refresh.Running;
import io.freshet.refresh.Settled;
import io.freshet.refresh.Standing;
import io.freshet.refresh.Waiting;
import io.freshet.refresh.Wish;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A standing as one JSON object, told apart by {@code state}. The state machine itself knows no JSON, so what Jackson
 * needs to know is mixed in here. Fields of a later version are ignored, so that a rollback can read them.
 */
@RegisterForReflection(
        targets = {
            Settled.class,
            Waiting.class,
            Posting.class,
            Running.class,
            Wish.class,
            Memory.class,
            Attempts.class,
            StandingJson.AsState.class
        })
final class StandingJson {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Settled.class, name = "settled"),
        @JsonSubTypes.Type(value = Waiting.class, name = "waiting"),
        @JsonSubTypes.Type(value = Posting.class, name = "posting"),
        @JsonSubTypes.Type(value = Running.class, name = "running")
    })
    @JsonIgnoreProperties(ignoreUnknown = true)
    interface AsState {}

    private final ObjectMapper mapper = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(CausesJson.module())
            .addMixIn(Standing.class, AsState.class)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();

    byte[] write(Standing standing) {
        try {
            return mapper.writerFor(Standing.class).writeValueAsBytes(standing);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a standing that can't be written: " + standing.name(), e);
        }
    }

    /** Fails on bytes that are no standing. */
    Standing read(byte[] json) throws IOException {
        Standing standing = mapper.readValue(json, Standing.class);
        if (standing == null) {
            throw new IOException("it says null");
        }
        return standing;
    }
}
