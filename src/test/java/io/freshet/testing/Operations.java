package io.freshet.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.nio.file.Paths;
import java.util.List;
import java.util.stream.Stream;

/** What the API answers, as its classes say. The webhook has a secret of its own: see WebhookTest. */
public record Operations(String method, String path, boolean isForAdmins) {

    private static final List<Class<? extends Annotation>> METHODS =
            List.of(GET.class, HEAD.class, POST.class, PUT.class, PATCH.class, DELETE.class, OPTIONS.class);

    private static final class Read {
        static final List<Operations> ALL = read();
    }

    public static List<Operations> all() {
        return Read.ALL;
    }

    private static List<Operations> read() {
        return new ClassFileImporter()
                .importPath(Paths.get("target/classes")).stream()
                        .filter(type ->
                                !type.isInterface() && type.isAnnotatedWith(Path.class)) // an interface is a client's
                        .flatMap(type -> type.getMethods().stream().flatMap(method -> of(type, method)))
                        .filter(operation -> operation.path().startsWith("/api/"))
                        .toList();
    }

    private static Stream<Operations> of(JavaClass type, JavaMethod method) {
        var root = type.getAnnotationOfType(Path.class).value();
        var rest = method.isAnnotatedWith(Path.class)
                ? "/" + method.getAnnotationOfType(Path.class).value()
                : "";
        return METHODS.stream()
                .filter(method::isAnnotatedWith)
                .map(verb -> new Operations(
                        verb.getAnnotation(HttpMethod.class).value(),
                        root + rest,
                        type.isAnnotatedWith(jakarta.annotation.security.RolesAllowed.class)
                                || method.isAnnotatedWith(jakarta.annotation.security.RolesAllowed.class)));
    }

    public boolean isRead() {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** With something in place of each parameter. */
    public String address() {
        return path.replaceAll("\\{account}", "acme").replaceAll("\\{\\w+}", "da7a00000000");
    }
}
