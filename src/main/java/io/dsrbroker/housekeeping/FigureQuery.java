package io.dsrbroker.housekeeping;

import java.util.Set;

/** Asks the database for the values of gauges. */
interface FigureQuery {

    /** The gauges of which it tells everything: a row that it does not name is gone. */
    Set<String> gauges();

    /** One statement; {@link Figure} says what its columns mean. */
    String sql();
}
