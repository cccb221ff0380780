/** The command line: what is asked of Freshet's API from a terminal, and the doctor, which needs no service. */
@NullMarked
package io.freshet.cli;

import org.jspecify.annotations.NullMarked;
