package io.dsrbroker.helm;

import io.dsrbroker.helm.Value.Scalar;
import io.dsrbroker.helm.Value.Vector;
import java.util.Map;
import java.util.Set;

/**
 * An alert of the chart.
 *
 * @param name as Alertmanager shows it
 * @param expression when it fires
 * @param lasting for how long that must be so, which {@link #firesOn} does not wait for
 */
public record Alert(
        String name, String expression, String lasting, Map<String, String> labels, Map<String, String> annotations) {

    public Alert {
        labels = Map.copyOf(labels);
        annotations = Map.copyOf(annotations);
    }

    Expression parsed() {
        return Expression.parse(expression);
    }

    /** The same alert with another number in its expression. */
    public Alert insteadOf(String number, String other) {
        if (!expression.contains(number)) {
            throw new IllegalArgumentException(name + " has no " + number);
        }
        return new Alert(name, expression.replace(number, other), lasting, labels, annotations);
    }

    /** Whether it fires after two scrapes, or would once its time has passed. */
    public boolean firesOn(Scrape before, Scrape now) {
        return !firingOn(before, now).isEmpty();
    }

    /** The labels of all that it fires for. */
    public Set<Map<String, String>> firingOn(Scrape before, Scrape now) {
        return switch (parsed().evaluate(before, now)) {
            case Vector vector -> vector.numbers().keySet();
            case Scalar ignored -> throw new IllegalStateException(name + " is a number");
        };
    }
}
