package io.dsrbroker.helm;

import io.dsrbroker.helm.Value.Scalar;
import io.dsrbroker.helm.Value.Vector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * That part of PromQL in which the chart's alerts and panels are written. Rates are taken between two scrapes, without the
 * extrapolation to the whole range that Prometheus does; a counter that only the newer scrape shows has none, as there.
 */
sealed interface Expression {

    /** What it comes to now; the earlier scrape serves rates only. */
    Value evaluate(Scrape before, Scrape now);

    /** Every selector in it. */
    Stream<Selector> selectors();

    /** Reads one. */
    static Expression parse(String text) {
        return new ExpressionParser(text).whole();
    }

    /** A number. */
    record Literal(double number) implements Expression {

        @Override
        public Value evaluate(Scrape before, Scrape now) {
            return new Scalar(number);
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.empty();
        }
    }

    /** A condition on one label; a label that is not there is empty. */
    record Condition(String label, String operator, String operand) {

        boolean holds(Map<String, String> labels) {
            String value = labels.getOrDefault(label, "");
            return switch (operator) {
                case "=" -> value.equals(operand);
                case "!=" -> !value.equals(operand);
                case "=~" -> Pattern.matches(operand, value);
                default -> throw new IllegalArgumentException("Unknown operator " + operator);
            };
        }
    }

    /** The values of a metric under conditions. */
    record Selector(String metric, List<Condition> conditions) implements Expression {

        public Selector {
            conditions = List.copyOf(conditions);
        }

        @Override
        public Vector evaluate(Scrape before, Scrape now) {
            return in(now);
        }

        Vector in(Scrape scrape) {
            Map<Map<String, String>, Double> found = new HashMap<>();
            scrape.series().stream()
                    .filter(series -> series.metric().equals(metric))
                    .filter(series -> conditions.stream().allMatch(each -> each.holds(series.labels())))
                    .forEach(series -> found.put(series.labels(), series.value()));
            return new Vector(found);
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.of(this);
        }
    }

    /** How much a counter grew between two scrapes within a range, for {@code rate} by the second. */
    record Growth(String function, Selector counter, Duration range) implements Expression {

        @Override
        public Vector evaluate(Scrape before, Scrape now) {
            Duration between = Duration.between(before.at(), now.at());
            Map<Map<String, String>, Double> grown = new HashMap<>();
            if (between.isPositive() && between.compareTo(range) <= 0) {
                Map<Map<String, String>, Double> earlier = counter.in(before).numbers();
                double seconds = function.equals("rate") ? between.toMillis() / 1000.0 : 1;
                counter.in(now).numbers().forEach((labels, value) -> {
                    Double was = earlier.get(labels);
                    if (was != null) {
                        // A counter that is lower than before began again at nothing.
                        grown.put(labels, (value < was ? value : value - was) / seconds);
                    }
                });
            }
            return new Vector(grown);
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.of(counter);
        }
    }

    /** The greatest value of each series in two scrapes, of which the older counts only within a range. */
    record Highest(Selector gauge, Duration range) implements Expression {

        @Override
        public Vector evaluate(Scrape before, Scrape now) {
            Map<Map<String, String>, Double> highest =
                    new HashMap<>(gauge.in(now).numbers());
            Duration between = Duration.between(before.at(), now.at());
            if (!between.isNegative() && between.compareTo(range) <= 0) {
                gauge.in(before).numbers().forEach((labels, value) -> highest.merge(labels, value, Math::max));
            }
            return new Vector(highest);
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.of(gauge);
        }
    }

    /** 1 where nothing is selected, with the labels that were asked for. */
    record Absent(Selector selector) implements Expression {

        @Override
        public Vector evaluate(Scrape before, Scrape now) {
            if (!selector.in(now).numbers().isEmpty()) {
                return new Vector(Map.of());
            }
            Map<String, String> labels = new TreeMap<>();
            selector.conditions().stream()
                    .filter(each -> each.operator().equals("="))
                    .forEach(each -> labels.put(each.label(), each.operand()));
            return new Vector(Map.of(Map.copyOf(labels), 1.0));
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.of(selector);
        }
    }

    /** Values summed up by some of their labels; what is no number is neither greatest nor least beside one that is. */
    record Aggregation(String function, Set<String> by, Expression of) implements Expression {

        public Aggregation {
            by = Set.copyOf(by);
        }

        @Override
        public Vector evaluate(Scrape before, Scrape now) {
            Map<Map<String, String>, List<Double>> groups = new HashMap<>();
            vector(of, before, now).forEach((labels, value) -> {
                Map<String, String> kept = new TreeMap<>(labels);
                kept.keySet().retainAll(by);
                groups.computeIfAbsent(Map.copyOf(kept), key -> new ArrayList<>())
                        .add(value);
            });
            Map<Map<String, String>, Double> result = new HashMap<>();
            groups.forEach((labels, values) -> result.put(labels, of(values)));
            return new Vector(result);
        }

        private double of(List<Double> values) {
            var numbers = values.stream().mapToDouble(Double::doubleValue);
            var known = values.stream().mapToDouble(Double::doubleValue).filter(value -> !Double.isNaN(value));
            return switch (function) {
                case "sum" -> numbers.sum();
                case "max" -> known.max().orElse(Double.NaN);
                case "min" -> known.min().orElse(Double.NaN);
                case "count" -> values.size();
                default -> throw new IllegalArgumentException("Unknown aggregation " + function);
            };
        }

        @Override
        public Stream<Selector> selectors() {
            return of.selectors();
        }
    }

    /** {@code + - * /}; two vectors are combined where all their labels are the same. */
    record Arithmetic(Expression left, String operator, Expression right) implements Expression {

        @Override
        public Value evaluate(Scrape before, Scrape now) {
            Value second = right.evaluate(before, now);
            return switch (left.evaluate(before, now)) {
                case Scalar first ->
                    switch (second) {
                        case Scalar other -> new Scalar(operation().applyAsDouble(first.number(), other.number()));
                        case Vector other -> mapped(other, number -> operation().applyAsDouble(first.number(), number));
                    };
                case Vector first ->
                    switch (second) {
                        case Scalar other -> mapped(first, number -> operation().applyAsDouble(number, other.number()));
                        case Vector other -> matched(first, other);
                    };
            };
        }

        private Vector matched(Vector first, Vector second) {
            Map<Map<String, String>, Double> result = new HashMap<>();
            first.numbers().forEach((labels, number) -> {
                Double other = second.numbers().get(labels);
                if (other != null) {
                    result.put(labels, operation().applyAsDouble(number, other));
                }
            });
            return new Vector(result);
        }

        private static Vector mapped(Vector vector, DoubleUnaryOperator operation) {
            Map<Map<String, String>, Double> result = new HashMap<>();
            vector.numbers().forEach((labels, number) -> result.put(labels, operation.applyAsDouble(number)));
            return new Vector(result);
        }

        private DoubleBinaryOperator operation() {
            return switch (operator) {
                case "+" -> Double::sum;
                case "-" -> (a, b) -> a - b;
                case "*" -> (a, b) -> a * b;
                case "/" -> (a, b) -> a / b;
                default -> throw new IllegalArgumentException("Unknown operator " + operator);
            };
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.concat(left.selectors(), right.selectors());
        }
    }

    /** Keeps those values of the left for which it holds; nothing holds for NaN. */
    record Comparison(Expression left, String operator, Expression right) implements Expression {

        @Override
        public Vector evaluate(Scrape before, Scrape now) {
            Value bound = right.evaluate(before, now);
            Map<Map<String, String>, Double> kept = new HashMap<>();
            vector(left, before, now).forEach((labels, value) -> {
                Double other = switch (bound) {
                    case Scalar scalar -> scalar.number();
                    case Vector vector -> vector.numbers().get(labels);
                };
                if (other != null && operation().test(value, other)) {
                    kept.put(labels, value);
                }
            });
            return new Vector(kept);
        }

        private BiPredicate<Double, Double> operation() {
            return switch (operator) {
                case ">" -> (a, b) -> a.doubleValue() > b.doubleValue();
                case ">=" -> (a, b) -> a.doubleValue() >= b.doubleValue();
                case "<" -> (a, b) -> a.doubleValue() < b.doubleValue();
                case "<=" -> (a, b) -> a.doubleValue() <= b.doubleValue();
                case "==" -> (a, b) -> a.doubleValue() == b.doubleValue();
                case "!=" -> (a, b) -> a.doubleValue() != b.doubleValue();
                default -> throw new IllegalArgumentException("Unknown comparison " + operator);
            };
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.concat(left.selectors(), right.selectors());
        }
    }

    /** {@code and}, {@code or}, {@code unless}, which compare labels and leave values alone. */
    record Together(Expression left, String operator, Expression right) implements Expression {

        @Override
        public Vector evaluate(Scrape before, Scrape now) {
            Map<Map<String, String>, Double> result = new HashMap<>(vector(left, before, now));
            Map<Map<String, String>, Double> others = vector(right, before, now);
            switch (operator) {
                case "and" -> result.keySet().retainAll(others.keySet());
                case "unless" -> result.keySet().removeAll(others.keySet());
                case "or" -> others.forEach(result::putIfAbsent);
                default -> throw new IllegalArgumentException("Unknown operator " + operator);
            }
            return new Vector(result);
        }

        @Override
        public Stream<Selector> selectors() {
            return Stream.concat(left.selectors(), right.selectors());
        }
    }

    private static Map<Map<String, String>, Double> vector(Expression expression, Scrape before, Scrape now) {
        return switch (expression.evaluate(before, now)) {
            case Vector vector -> vector.numbers();
            case Scalar ignored -> throw new IllegalArgumentException("A vector is expected, not " + expression);
        };
    }
}
