package io.freshet.api;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/** Says of every operation, when the application is built, that whatever goes wrong is answered with a problem. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ApiDescription implements OASFilter {

    private static final List<String> MAY_SAY_NOTHING = List.of("400", "401", "403");

    @Override
    public @Nullable Operation filterOperation(Operation operation) {
        MAY_SAY_NOTHING.stream()
                .filter(status -> saysNothing(operation.getResponses().getAPIResponse(status)))
                .toList()
                .forEach(operation.getResponses()::removeAPIResponse);
        operation.getResponses().addAPIResponse("default", problem());
        return operation;
    }

    private static boolean saysNothing(@Nullable APIResponse response) {
        return response != null && response.getContent() == null;
    }

    private static APIResponse problem() {
        var schema = OASFactory.createSchema().ref("Problem");
        return OASFactory.createAPIResponse()
                .description("What is wrong, and what to do")
                .content(OASFactory.createContent()
                        .addMediaType(Problem.TYPE, OASFactory.createMediaType().schema(schema)));
    }
}
