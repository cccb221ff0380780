package io.freshet.ledger;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.freshet.event.ChangeRef;
import io.freshet.event.ChangeRefs;
import io.freshet.event.Identities;
import io.freshet.event.Traces;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** ChangeRefs as {@code {listed, count, ids, traces}} and identities as one base64 text, which is how they stay small. */
@RegisterForReflection(targets = ChangeRef.class)
final class ChangeRefsJson {

    private ChangeRefsJson() {}

    static SimpleModule module() {
        return new SimpleModule("causes")
                .addSerializer(Identities.class, new IdentitiesWriter())
                .addDeserializer(Identities.class, new IdentitiesReader())
                .addSerializer(ChangeRefs.class, new CausesWriter())
                .addDeserializer(ChangeRefs.class, new CausesReader());
    }

    private static final class IdentitiesWriter extends StdSerializer<Identities> {
        IdentitiesWriter() {
            super(Identities.class);
        }

        @Override
        public void serialize(Identities identities, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(identities.toBase64());
        }
    }

    private static final class IdentitiesReader extends StdDeserializer<Identities> {
        IdentitiesReader() {
            super(Identities.class);
        }

        @Override
        public Identities deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return Identities.fromBase64(json.getText());
        }
    }

    private static final class CausesWriter extends StdSerializer<ChangeRefs> {
        CausesWriter() {
            super(ChangeRefs.class);
        }

        @Override
        public void serialize(ChangeRefs causes, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeStartObject();
            provider.defaultSerializeField("listed", causes.listed(), json);
            json.writeNumberField("count", causes.count());
            json.writeStringField("ids", causes.identities().toBase64());
            if (!causes.traces().parents().isEmpty()) {
                provider.defaultSerializeField("traces", causes.traces().parents(), json);
            }
            json.writeEndObject();
        }
    }

    private static final class CausesReader extends StdDeserializer<ChangeRefs> {
        CausesReader() {
            super(ChangeRefs.class);
        }

        @Override
        public ChangeRefs deserialize(JsonParser json, DeserializationContext context) throws IOException {
            var node = context.readTree(json);
            List<ChangeRef> listed = json.getCodec()
                    .readValue(
                            json.getCodec().treeAsTokens(node.path("listed")), new TypeReference<List<ChangeRef>>() {});
            var traces = new ArrayList<String>();
            node.path("traces").forEach(parent -> traces.add(parent.asText()));
            return ChangeRefs.of(
                            listed,
                            node.path("count").asInt(),
                            Identities.fromBase64(node.path("ids").asText()))
                    .in(new Traces(traces));
        }
    }
}
