/** What is to be read over HTTP: the page, its API and the health checks; and Mode's webhook. */
@NullMarked
package io.freshet.api;

import org.jspecify.annotations.NullMarked;
