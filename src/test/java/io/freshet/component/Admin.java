package io.freshet.component;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.Map;

/** Whom the application of the component tests knows: one for each role. */
final class Admin {

    static final String TOKEN = "an-admin-token-for-tests-and-nothing-else";

    /** By role. */
    static final Map<String, String> TOKENS = Map.of(
            "admin", TOKEN,
            "operator", "an-operators-token-for-tests-and-nothing-else",
            "viewer", "a-viewers-token-for-tests-and-nothing-else",
            "producer", "a-producers-token-for-tests-and-nothing-else");

    private Admin() {}

    /** What an admin sends. */
    static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TOKEN).contentType(ContentType.JSON);
    }
}
