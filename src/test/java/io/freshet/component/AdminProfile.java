package io.freshet.component;

import static io.restassured.RestAssured.given;

import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.oidc.server.OidcWiremockTestResource;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;

/** With an admin token, and with an OpenID Connect provider besides. */
public final class AdminProfile implements QuarkusTestProfile {

    static final String TOKEN = "an-admin-token-for-tests-and-nothing-else";

    /** What an admin sends. */
    static RequestSpecification admin() {
        return given().header("Authorization", "Bearer " + TOKEN).contentType(ContentType.JSON);
    }

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "freshet.admin.token", TOKEN,
                "freshet.admin.timeout", "20s",
                "quarkus.oidc.auth-server-url", "${keycloak.url}/realms/quarkus/");
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(OidcWiremockTestResource.class));
    }
}
