package io.dsrbroker.support;

/**
 * Something that a test runs in a JVM of its own, by way of the development launcher: {@code spring-boot:test-run} wants
 * exactly one class with a main method among the tests.
 */
@FunctionalInterface
public interface Program {

    /** Runs it to its end. */
    void run(String[] arguments) throws Exception;
}
