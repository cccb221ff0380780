package io.freshet.component;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;

/** Whom the application of the component tests takes for an admin. */
final class Admin {

    static final String TOKEN = "an-admin-token-for-tests-and-nothing-else";

    private Admin() {}

    /** What an admin sends. */
    static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TOKEN).contentType(ContentType.JSON);
    }
}
