/** What producers send over HTTP: changes, and webhooks that say that data has changed. */
@NullMarked
package io.freshet.api.produce;

import org.jspecify.annotations.NullMarked;
