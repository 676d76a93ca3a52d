package io.dsrbroker.job;

/** How many things of whom a DISCOVER task came across. */
public record Found(int subject, int others, int unknown, int containers) {

    /** Nothing yet. */
    public static final Found NOTHING = new Found(0, 0, 0, 0);

    /** Both together. */
    public Found plus(Found more) {
        return new Found(
                subject + more.subject, others + more.others, unknown + more.unknown, containers + more.containers);
    }
}
