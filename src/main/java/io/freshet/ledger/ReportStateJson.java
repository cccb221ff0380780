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
import io.freshet.state.Attempts;
import io.freshet.state.Posting;
import io.freshet.state.RefreshRequest;
import io.freshet.state.ReportHistory;
import io.freshet.state.ReportState;
import io.freshet.state.Running;
import io.freshet.state.Settled;
import io.freshet.state.Waiting;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A state as one JSON object, told apart by {@code state}. The state machine itself knows no JSON, so what Jackson
 * needs to know is mixed in here. Fields of a later version are ignored, so that a rollback can read them.
 */
@RegisterForReflection(
        targets = {
            Settled.class,
            Waiting.class,
            Posting.class,
            Running.class,
            RefreshRequest.class,
            ReportHistory.class,
            Attempts.class,
            ReportStateJson.AsState.class
        })
final class ReportStateJson {

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Settled.class, name = "settled"),
        @JsonSubTypes.Type(value = Waiting.class, name = "waiting"),
        @JsonSubTypes.Type(value = Posting.class, name = "posting"),
        @JsonSubTypes.Type(value = Running.class, name = "running")
    })
    @JsonIgnoreProperties(ignoreUnknown = true)
    interface AsState {}

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .addModule(new Jdk8Module())
            .addModule(ChangeRefsJson.module())
            .addMixIn(ReportState.class, AsState.class)
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT))
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS, SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .visibility(PropertyAccessor.GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.IS_GETTER, JsonAutoDetect.Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY)
            .build();

    private ReportStateJson() {}

    static byte[] write(ReportState state) {
        try {
            return MAPPER.writerFor(ReportState.class).writeValueAsBytes(state);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("a state that can't be written: " + state.name(), e);
        }
    }

    /** Fails on bytes that are no state. */
    static ReportState read(byte[] json) throws IOException {
        ReportState state = MAPPER.readValue(json, ReportState.class);
        if (state == null) {
            throw new IOException("it says null");
        }
        return state;
    }
}
