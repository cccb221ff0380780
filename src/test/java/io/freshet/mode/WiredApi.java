package io.freshet.mode;

import io.freshet.workspace.Workspace;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jboss.resteasy.reactive.RestResponse;
import org.jspecify.annotations.Nullable;

/**
 * Turns the annotations of {@link ModeApi} into requests, as the REST client does. No class implements the interface,
 * or Quarkus would take that for a resource of the application.
 */
record WiredApi(Workspace workspace, BooleanSupplier mayLeave, Clocks clocks, ModeWiring.Wire wire)
        implements InvocationHandler {

    static ModeApi of(Workspace workspace, BooleanSupplier mayLeave, Clocks clocks, ModeWiring.Wire wire) {
        return (ModeApi) Proxy.newProxyInstance(
                ModeApi.class.getClassLoader(),
                new Class<?>[] {ModeApi.class},
                new WiredApi(workspace, mayLeave, clocks, wire));
    }

    @Override
    public Uni<RestResponse<byte[]>> invoke(Object proxy, Method method, Object[] values) {
        var path = method.getAnnotation(Path.class).value();
        var query = new TreeMap<String, String>();
        var body = "";
        Supplier<Optional<RuntimeException>> heldBack = this::notOurs;
        var parameters = method.getParameters();
        for (var n = 0; n < parameters.length; n++) {
            var inPath = parameters[n].getAnnotation(PathParam.class);
            var inQuery = parameters[n].getAnnotation(QueryParam.class);
            @Nullable Object value = values[n];
            if (inPath != null) {
                path = path.replace("{" + inPath.value() + "}", String.valueOf(value));
            } else if (inQuery != null) {
                Optional.ofNullable(value).ifPresent(given -> query.put(inQuery.value(), given.toString()));
            } else {
                var run = (RunBody) value;
                body = new String(run.bytes(), StandardCharsets.UTF_8);
                heldBack = () -> notOurs().or(() -> tooLate(run));
            }
        }
        return wire.send(new ModeWiring.Request(workspace.account(), verb(method), path, query, body, heldBack));
    }

    private static String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .flatMap(one -> Optional.ofNullable(one.annotationType().getAnnotation(HttpMethod.class)).stream())
                .map(HttpMethod::value)
                .findFirst()
                .orElseThrow();
    }

    private Optional<RuntimeException> notOurs() {
        return mayLeave.getAsBoolean() ? Optional.empty() : Optional.of(new PermitExpired(PermitExpired.NOT_OURS));
    }

    /** Looked at when nothing is left but to write, as {@link RunBodyWriter} does. */
    private Optional<RuntimeException> tooLate(RunBody run) {
        return clocks.steady().instant().isAfter(run.notAfter())
                ? Optional.of(new PermitExpired("too late"))
                : Optional.empty();
    }
}
