package io.freshet.component;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.freshet.testing.Operations;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The description of the API and the API are one. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
class OpenApiTest {

    private static JsonNode document() throws IOException {
        return new ObjectMapper()
                .readTree(given().header("Accept", "application/json")
                        .get("/q/openapi")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asByteArray());
    }

    private static List<JsonNode> operations() throws IOException {
        var operations = new ArrayList<JsonNode>();
        document().path("paths").forEach(path -> path.forEach(operations::add));
        return operations;
    }

    @Test
    void shouldDescribeEveryOperationAndNoOther() throws IOException {
        var described = new ArrayList<String>();
        document().path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));

        assertThat(Operations.all()).hasSizeGreaterThan(10);
        assertThat(described)
                .containsExactlyInAnyOrderElementsOf(Operations.all().stream()
                        .map(operation -> operation.method() + " " + operation.path())
                        .toList());
    }

    @Test
    void shouldSayOfEachWhatItDoesAndWhatItAnswers() throws IOException {
        assertThat(operations()).isNotEmpty().allSatisfy(operation -> {
            assertThat(operation.path("summary").asText()).isNotBlank();
            var good = Stream.of("200", "202", "204")
                    .filter(operation.path("responses")::has)
                    .toList();
            assertThat(good).as(operation.toString()).hasSize(1);
            assertThat(operation.at("/responses/%s/content".formatted(good.get(0))))
                    .hasSizeGreaterThanOrEqualTo(good.contains("204") ? 0 : 1)
                    .allSatisfy(content -> assertThat(content.path("schema")).isNotEmpty());
            assertThat(operation
                            .at("/responses/default/content")
                            .path("application/problem+json")
                            .at("/schema/$ref")
                            .asText())
                    .endsWith("/Problem");
        });
    }

    @Test
    void shouldNameTheRolesThatAnOperationTakes() throws IOException {
        assertThat(document().at("/paths/~1api~1v1~1plans/post/security").toString())
                .contains("operator", "admin");
    }

    @Test
    void shouldSpellFieldsAsTheAnswersDo() throws IOException {
        var schemas = document().at("/components/schemas");

        assertThat(schemas.path("ReportRow").path("properties").fieldNames())
                .toIterable()
                .contains("run_token", "follow_up_changes_count");
        assertThat(schemas.path("Wanted").path("properties").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("dataset_tokens", "id", "reason");
        assertThat(schemas.toString()).doesNotContainPattern("\"[a-z]+[A-Z]\\w+\":\\{\"type\"");
    }

    @Test
    void shouldSayWhatIsForAdmins() throws IOException {
        assertThat(document().at("/components/securitySchemes/admin/scheme").asText())
                .isEqualTo("bearer");
        var paths = document().path("paths");
        assertThat(Operations.all()).allSatisfy(operation -> assertThat(paths.path(operation.path())
                        .path(operation.method().toLowerCase(Locale.ROOT))
                        .has("security"))
                .as(operation.toString())
                .isEqualTo(operation.isForAdmins()));
    }

    @Test
    void shouldLetNoOtherSiteAskForAnything() {
        for (var path : List.of("/q/openapi", "/api/v1/status")) {
            var answer = given().header("Origin", "https://elsewhere.example").get(path);
            assertThat(answer.getHeader("Access-Control-Allow-Credentials")).isNull();
            assertThat(answer.statusCode()).isEqualTo(200);
        }
        assertThat(get("/api/v1/status").getHeader("Access-Control-Allow-Origin"))
                .isNull();
    }
}
