package io.freshet.component;

import io.freshet.testing.PageInBrowser;
import io.freshet.testing.Scene;
import io.quarkus.test.common.http.TestHTTPResource;
import java.net.URI;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Tests of the page, each on a page of its own that remembers nothing. */
@NullUnmarked
abstract class OnThePage {

    Scene scene;

    @TestHTTPResource("/")
    URI root;

    PageInBrowser page;

    @BeforeEach
    void open() {
        page = PageInBrowser.open(root, scene);
    }

    @AfterEach
    void close() {
        if (page != null) {
            page.close();
        }
    }
}
