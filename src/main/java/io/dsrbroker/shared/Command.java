package io.dsrbroker.shared;

import java.io.PrintStream;
import java.util.List;

/** Something that the broker's jar does by itself and then ends; most need neither Spring nor database nor network. */
@FunctionalInterface
public interface Command {

    /** Done, or valid. */
    int OK = 0;

    /** Not valid, or not done. */
    int INVALID = 1;

    /** Called wrongly, or a file cannot be read. */
    int USAGE = 2;

    /** Does it, says what came of it, and answers the exit code. */
    int run(List<String> arguments, PrintStream out);
}
