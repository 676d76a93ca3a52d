package io.dsrbroker.helm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.dsrbroker.helm.Value.Scalar;
import io.dsrbroker.helm.Value.Vector;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The evaluator answers as Prometheus would. */
class ExpressionTests {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Scrape BEFORE = Scrape.of(NOON, """
            calls_total{to="a",code="200"} 10
            calls_total{to="b",code="500"} 7
            calls_total{to="c",code="200"} 50
            """);
    private static final Scrape NOW = Scrape.of(NOON.plusSeconds(60), """
            # HELP calls_total Calls
            # TYPE calls_total counter
            calls_total{to="a",code="200",} 40 1767268860000
            calls_total{to="b",code="500"} 7.0
            calls_total{to="c",code="200"} 5
            calls_total{to="d",code="404"} 99
            size{of="x"} 4
            size{of="y"} 6e0
            dead{of="x"} 3
            dead{of="z"} 1
            plain 2
            zero 0
            infinite +Inf
            text{v="a\\"b\\\\c\\nd"} 1
            unknown NaN
            """, """
            plain 5
            unknown 3
            """);

    /** Labels and values, without those that every series of a replica has. */
    private static String evaluated(String expression) {
        return switch (Expression.parse(expression).evaluate(BEFORE, NOW)) {
            case Scalar scalar -> String.valueOf(scalar.number());
            case Vector vector -> {
                Map<String, Double> shown = new TreeMap<>();
                vector.numbers().forEach((labels, value) -> {
                    Map<String, String> own = new TreeMap<>(labels);
                    own.remove("job");
                    own.remove("instance");
                    shown.merge(own.toString(), value, Double::sum);
                });
                yield shown.toString();
            }
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '`',
            value = {
                "1 + 2 * 3 => 7.0",
                "(1 + 2) * 3 => 9.0",
                "8 / 4 / 2 - 3 - 1 => -3.0",
                "size => {{of=x}=4.0, {of=y}=6.0}",
                "size{of=\"x\"} => {{of=x}=4.0}",
                "size{of!=\"x\"} => {{of=y}=6.0}",
                "size{of=~\"x|y\",of!=\"y\"} => {{of=x}=4.0}",
                "size{of=~\"x|\"} => {{of=x}=4.0}",
                "size{nothing=\"\"} => {{of=x}=4.0, {of=y}=6.0}",
                "size{job=\"dsr-broker\",instance=\"replica-1\"} => {}",
                "plain{instance=\"replica-1\"} => {{}=5.0}",
                "sum(size) => {{}=10.0}",
                "count(plain) => {{}=2.0}",
                "min(plain) => {{}=2.0}",
                "max(plain) => {{}=5.0}",
                "sum(nothing) => {}",
                "count(nothing) => {}",
                "sum by (code) (calls_total) => {{code=200}=45.0, {code=404}=99.0, {code=500}=7.0}",
                "max by (to, code) (calls_total{to=\"a\"}) => {{code=200, to=a}=40.0}",
                "sum by (missing) (size) => {{}=10.0}",
                "size * 2 => {{of=x}=8.0, {of=y}=12.0}",
                "10 - size => {{of=x}=6.0, {of=y}=4.0}",
                "dead / (dead + size) => {{of=x}=0.42857142857142855}",
                "size > 4 => {{of=y}=6.0}",
                "size >= 4 => {{of=x}=4.0, {of=y}=6.0}",
                "size < 6 => {{of=x}=4.0}",
                "size <= 4 => {{of=x}=4.0}",
                "size == 4 => {{of=x}=4.0}",
                "size != 4 => {{of=y}=6.0}",
                "size > dead => {{of=x}=4.0}",
                "zero / zero > 0 => {}",
                "zero / zero != 0 => {{}=NaN}",
                "infinite > 1 => {{}=Infinity}",
                "increase(calls_total[5m]) => {{code=200, to=a}=30.0, {code=200, to=c}=5.0, {code=500, to=b}=0.0}",
                "rate(calls_total{to=\"a\"}[1m]) => {{code=200, to=a}=0.5}",
                "increase(calls_total[30s]) => {}",
                "max_over_time(calls_total{code=\"200\"}[5m]) => {{code=200, to=a}=40.0, {code=200, to=c}=50.0}",
                "max_over_time(calls_total{code=\"200\"}[30s]) => {{code=200, to=a}=40.0, {code=200, to=c}=5.0}",
                "max(unknown) => {{}=3.0}",
                "min(unknown) => {{}=3.0}",
                "absent(nothing) => {{}=1.0}",
                "absent(nothing{a=\"b\",c=~\"d\"}) => {{a=b}=1.0}",
                "absent(size) => {}",
                "(size > 5) or (dead > 0) => {{of=x}=3.0, {of=y}=6.0, {of=z}=1.0}",
                "size and dead => {{of=x}=4.0}",
                "size unless dead => {{of=y}=6.0}",
                "size or dead and nothing => {{of=x}=4.0, {of=y}=6.0}",
                "size > 3 and dead > 2 => {{of=x}=4.0}"
            })
    void comesToWhatPrometheusWouldSay(String expression, String expected) {
        assertThat(evaluated(expression)).isEqualTo(expected);
    }

    @Test
    void labelsAreUnescaped() {
        assertThat(NOW.series().stream()
                        .filter(series -> series.metric().equals("text"))
                        .findFirst()
                        .orElseThrow()
                        .labels())
                .containsEntry("v", "a\"b\\c\nd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "size >",
                "size{of=x}",
                "size{of!~\"x\"}",
                "size{of=\"x\"",
                "sum(size",
                "sum size",
                "sum without (of) (size)",
                "increase(size)",
                "increase(sum(size)[5m])",
                "size[5m]",
                "max_over_time(size)",
                "rate(size[5])",
                "absent(sum(size))",
                "histogram_quantile(0.9, size)",
                "size offset 5m",
                "size > bool 1",
                "size size",
                "and size",
                "size; drop"
            })
    void whatLiesOutsideTheGrammarIsRefused(String expression) {
        assertThatIllegalArgumentException().isThrownBy(() -> Expression.parse(expression));
    }

    @Test
    void numbersCannotBeComparedAlone() {
        assertThatIllegalArgumentException().isThrownBy(() -> evaluated("1 > 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"metric", "metric{a=b} 1", "metric{a=\"b\" 1", "metric one"})
    void whatIsNoExpositionIsRefused(String line) {
        assertThatIllegalArgumentException().isThrownBy(() -> Scrape.of(NOON, line));
    }
}
