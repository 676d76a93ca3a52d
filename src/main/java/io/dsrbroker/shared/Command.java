package io.dsrbroker.shared;

import java.io.PrintStream;
import java.util.List;

/** Something that the broker's jar does by itself and then ends: without Spring, database or network. */
@FunctionalInterface
public interface Command {

    /** Done, or valid. */
    int OK = 0;

    /** Not valid. */
    int INVALID = 1;

    /** Called wrongly, or a file cannot be read. */
    int USAGE = 2;

    /** Does it, says what came of it, and answers the exit code. */
    int run(List<String> arguments, PrintStream out);
}
