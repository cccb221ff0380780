package io.freshet.component;

import static io.restassured.RestAssured.get;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tells whoever asks what their token is good for. */
@QuarkusTest
@Execution(ExecutionMode.SAME_THREAD)
@QuarkusTestResource(SceneResource.class)
class WhoAsksTest {

    @ParameterizedTest
    @ValueSource(strings = {"admin", "operator", "viewer", "producer"})
    void shouldSayWhoseTokenItIsAndWhatItGrants(String role) {
        given().header("Authorization", "Bearer " + Admin.TOKENS.get(role))
                .get("/api/v1/access")
                .then()
                .statusCode(200)
                .body("name", equalTo(role))
                .body("roles", contains(role));
    }

    @Test
    void shouldKnowNobodyWhoSendsNoToken() {
        get("/api/v1/access").then().statusCode(200).body("name", nullValue()).body("roles", empty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer not-a-token-that-anybody-has-been-given", "Basic YTpi", "Bearer a.b.c"})
    void shouldRefuseATokenThatIsNotKnown(String credential) {
        given().header("Authorization", credential)
                .get("/api/v1/access")
                .then()
                .statusCode(401)
                .contentType("application/problem+json");
    }
}
