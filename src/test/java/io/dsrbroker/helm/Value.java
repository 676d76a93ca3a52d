package io.dsrbroker.helm;

import java.util.Map;

/** What an expression comes to. */
sealed interface Value {

    /** A number by itself. */
    record Scalar(double number) implements Value {}

    /** Numbers by their labels. */
    record Vector(Map<Map<String, String>, Double> numbers) implements Value {

        public Vector {
            numbers = Map.copyOf(numbers);
        }
    }
}
