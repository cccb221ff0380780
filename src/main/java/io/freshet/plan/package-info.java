/** From changes and the catalogue to refreshes: company for a change, and one refresh per report. Plain Java. */
@NullMarked
package io.freshet.plan;

import org.jspecify.annotations.NullMarked;
