package io.freshet.component;

import static io.freshet.component.Admin.admin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.freshet.testing.Scene;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a change would lead to. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
@NullUnmarked
class PlansTest {

    Scene scene;

    private static ValidatableResponse plan(String change) {
        return admin().body(change).post("/api/v1/plans").then();
    }

    @Test
    void shouldSayWhatAChangeWouldLeadToAndDoNothing() {
        var workspace = Workspace.with(scene, 3);
        var both = workspace.report(0, 1);
        var one = workspace.report(1);
        var changes = scene.topics().read("upstream-data-changed").size();

        plan(workspace.changed())
                .statusCode(200)
                .body("account", equalTo("acme"))
                .body("target", equalTo("data_source=" + workspace.source()))
                .body("datasets_count", equalTo(3))
                .body("reports_count", equalTo(2))
                .body(
                        "reports.find { it.report_token == '%s' }.dataset_tokens".formatted(both),
                        contains(workspace.dataset(0), workspace.dataset(1)))
                .body(
                        "reports.find { it.report_token == '%s' }.dataset_tokens".formatted(one),
                        contains(workspace.dataset(1)))
                .body("reports.find { it.report_token == '%s' }.name".formatted(one), equalTo("Report " + one))
                .body("datasets.find { it.token == '%s' }.name".formatted(workspace.dataset(2)), equalTo("Dataset 2"))
                .body("calls.posts", equalTo(2))
                .body("calls.at_least", equalTo(4))
                .body("calls.all_posted_after_seconds", equalTo(0f));

        assertThat(scene.sandbox().calls().posts(both)).isEmpty();
        assertThat(scene.topics().read("upstream-data-changed")).hasSize(changes);
    }

    @Test
    void shouldSayWhichDatasetsModeDoesntKnow() {
        var workspace = Workspace.with(scene, 1);

        plan("{\"datasets\": [\"%s\", \"ffff00000000\"]}".formatted(workspace.dataset(0)))
                .statusCode(200)
                .body("datasets_count", equalTo(1))
                .body("reports_count", equalTo(0))
                .body("unknown_datasets", contains("ffff00000000"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                         | 400 | not_a_change
            nonsense                                                   | 400 | not_json
            {"data_source": "../x"}                                    | 400 | bad_token
            {"data_source": "a", "space": "b"}                         | 400 | not_a_change
            {"data_source": "a", "account": "strangers"}               | 400 | unknown_account
            {"data_source": "ffff00000000"}                            | 404 | not_found
            {"space": "ffff00000000"}                                  | 404 | not_found
            """)
    void shouldSayWhatIsWrongWithAChange(String change, int status, String word) {
        plan(change).statusCode(status).contentType("application/problem+json").body("detail", containsString(word));
    }
}
