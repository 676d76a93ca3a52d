package io.dsrbroker.helm;

import io.dsrbroker.helm.Expression.Absent;
import io.dsrbroker.helm.Expression.Aggregation;
import io.dsrbroker.helm.Expression.Arithmetic;
import io.dsrbroker.helm.Expression.Comparison;
import io.dsrbroker.helm.Expression.Condition;
import io.dsrbroker.helm.Expression.Growth;
import io.dsrbroker.helm.Expression.Selector;
import io.dsrbroker.helm.Expression.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads an {@link Expression} by recursive descent: or, then and and unless, comparison, sum, product, and what is single. */
final class ExpressionParser {

    private static final Pattern TOKEN = Pattern.compile("""
            \\s*(?:(?<number>\\d+(?:\\.\\d+)?(?![a-zA-Z_0-9]))|(?<duration>\\d+[smhd])|(?<word>[a-zA-Z_:][a-zA-Z0-9_:]*)\
            |(?<string>"(?:[^"\\\\]|\\\\.)*")|(?<sign>=~|!=|==|>=|<=|[-+*/<>=(){}\\[\\],]))""");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "count");
    private static final Set<String> GROWTHS = Set.of("increase", "rate");
    private static final String HIGHEST = "max_over_time";

    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int position;

    ExpressionParser(String text) {
        this.text = text;
        Matcher matcher = TOKEN.matcher(text.strip());
        int end = 0;
        while (matcher.find() && matcher.start() == end) {
            tokens.add(matcher.group().strip());
            end = matcher.end();
        }
        if (end != text.strip().length()) {
            throw new IllegalArgumentException("Cannot be read from " + end + " on: " + text);
        }
    }

    Expression whole() {
        Expression expression = or();
        if (position < tokens.size()) {
            throw unexpected();
        }
        return expression;
    }

    private Expression or() {
        Expression left = and();
        while (isNext("or")) {
            left = new Together(left, next(), and());
        }
        return left;
    }

    private Expression and() {
        Expression left = comparison();
        while (isNext("and") || isNext("unless")) {
            left = new Together(left, next(), comparison());
        }
        return left;
    }

    private Expression comparison() {
        Expression left = sum();
        return Set.of(">", ">=", "<", "<=", "==", "!=").contains(peek()) ? new Comparison(left, next(), sum()) : left;
    }

    private Expression sum() {
        Expression left = product();
        while (isNext("+") || isNext("-")) {
            left = new Arithmetic(left, next(), product());
        }
        return left;
    }

    private Expression product() {
        Expression left = single();
        while (isNext("*") || isNext("/")) {
            left = new Arithmetic(left, next(), single());
        }
        return left;
    }

    private Expression single() {
        String token = peek();
        if (token.equals("(")) {
            return parenthesized();
        }
        if (!token.isEmpty() && Character.isDigit(token.charAt(0))) {
            return new Expression.Literal(Double.parseDouble(next()));
        }
        if (AGGREGATIONS.contains(token)) {
            return aggregation();
        }
        if (GROWTHS.contains(token) || token.equals(HIGHEST)) {
            return overTime();
        }
        if (token.equals("absent")) {
            next();
            expect("(");
            Selector selector = selector();
            expect(")");
            return new Absent(selector);
        }
        return selector();
    }

    private Expression parenthesized() {
        expect("(");
        Expression inner = or();
        expect(")");
        return inner;
    }

    private Expression aggregation() {
        String function = next();
        Set<String> by = new HashSet<>();
        if (isNext("by")) {
            next();
            expect("(");
            by.add(word());
            while (isNext(",")) {
                next();
                by.add(word());
            }
            expect(")");
        }
        return new Aggregation(function, by, parenthesized());
    }

    private Expression overTime() {
        String function = next();
        expect("(");
        Selector selector = selector();
        expect("[");
        Duration range = duration(next());
        expect("]");
        expect(")");
        return function.equals(HIGHEST)
                ? new Expression.Highest(selector, range)
                : new Growth(function, selector, range);
    }

    private static Duration duration(String token) {
        if (!token.matches("\\d+[smhd]")) {
            throw new IllegalArgumentException("No duration: " + token);
        }
        long amount = Long.parseLong(token.substring(0, token.length() - 1));
        return switch (token.charAt(token.length() - 1)) {
            case 's' -> Duration.ofSeconds(amount);
            case 'm' -> Duration.ofMinutes(amount);
            case 'h' -> Duration.ofHours(amount);
            default -> Duration.ofDays(amount);
        };
    }

    private Selector selector() {
        String metric = word();
        List<Condition> conditions = new ArrayList<>();
        if (isNext("{")) {
            do {
                next();
                String label = word();
                String operator = next();
                if (!Set.of("=", "!=", "=~").contains(operator)) {
                    throw new IllegalArgumentException("Unknown operator " + operator + " in " + text);
                }
                String operand = next();
                if (!operand.startsWith("\"")) {
                    throw new IllegalArgumentException("No string: " + operand + " in " + text);
                }
                conditions.add(new Condition(label, operator, unquoted(operand)));
            } while (isNext(","));
            expect("}");
        }
        return new Selector(metric, conditions);
    }

    private static String unquoted(String string) {
        return string.substring(1, string.length() - 1).replace("\\\"", "\"").replace("\\\\", "\\");
    }

    private String word() {
        String token = next();
        if (!token.matches("[a-zA-Z_:][a-zA-Z0-9_:]*")
                || Set.of("and", "or", "unless", "by").contains(token)) {
            position--;
            throw unexpected();
        }
        return token;
    }

    private boolean isNext(String token) {
        return peek().equals(token);
    }

    private String peek() {
        return position < tokens.size() ? tokens.get(position) : "";
    }

    private String next() {
        if (position >= tokens.size()) {
            throw unexpected();
        }
        return tokens.get(position++);
    }

    private void expect(String token) {
        if (!isNext(token)) {
            throw unexpected();
        }
        position++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException(
                "Unexpected " + (position < tokens.size() ? "'" + peek() + "'" : "end") + " in " + text);
    }
}
