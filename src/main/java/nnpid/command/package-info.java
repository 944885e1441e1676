/** What a user asks for: its options, the run, the files it writes, and the command line. */
@NullMarked
package nnpid.command;

import org.jspecify.annotations.NullMarked;
