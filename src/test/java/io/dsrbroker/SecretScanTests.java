package io.dsrbroker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No file of the repository holds a secret that opens something. */
class SecretScanTests {

    private static final Map<String, Pattern> FORMS = Map.of(
            "private key", Pattern.compile("-----BEGIN (?:[A-Z]+ )?PRIVATE KEY-----\\s*[A-Za-z0-9+/=]{20,}"),
            "AWS key", Pattern.compile("\\b(?:AKIA|ASIA)[0-9A-Z]{16}\\b"),
            "Azure storage key", Pattern.compile("(?i)AccountKey=([A-Za-z0-9+/]{60,}={0,2})"),
            "Azure SAS", Pattern.compile("[?&]sig=([A-Za-z0-9%+/]{40,})"),
            "Azure client secret", Pattern.compile("\\b[A-Za-z0-9_~.-]{3}8Q~[A-Za-z0-9_~.-]{31,}"),
            "JWT", Pattern.compile("\\beyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}\\.[A-Za-z0-9_-]{20,}"),
            "webhook secret", Pattern.compile("whsec_[A-Za-z0-9+/]{32,}={0,2}"),
            "hosting token",
                    Pattern.compile(
                            "\\b(?:gh[pousr]_[A-Za-z0-9]{36}|glpat-[A-Za-z0-9_-]{20}|xox[abp]-[A-Za-z0-9-]{20,})"),
            "random value",
                    Pattern.compile(
                            "(?i)(?:password|passwd|secret|api[-_]?key|token)[\"']?\\s*[:=]\\s*[\"']?([A-Za-z0-9+/_~.=-]{24,})"));

    /** Values of tests that look like secrets and open nothing. */
    private static final List<String> HARMLESS = List.of(
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "secret=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa-_",
            "whsec_YXBpIHRlc3RzIG9ubHkgYXBpIHRlc3RzIG9ubHk=",
            "whsec_ZGV2ZWxvcG1lbnQgb25seSwgbm90IGEgc2VjcmV0IQ==",
            "whsec_bmV3ZXIgc2VjcmV0IG9mIHRoZSBzYW1lIGJyb2tlcg==");

    /** Enough for what a generator makes, too much for words. */
    private static final double RANDOM = 4.2;

    private static List<String> findings(String text) {
        List<String> findings = new ArrayList<>();
        FORMS.forEach((form, pattern) -> {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                String value = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
                boolean words = form.equals("random value") && (entropy(value) < RANDOM || !value.matches(".*\\d.*"));
                if (!words && !HARMLESS.contains(value)) {
                    findings.add(form);
                }
            }
        });
        return findings;
    }

    private static double entropy(String text) {
        return text.chars()
                .distinct()
                .mapToDouble(symbol -> {
                    double share = text.chars().filter(each -> each == symbol).count() / (double) text.length();
                    return -share * Math.log(share) / Math.log(2);
                })
                .sum();
    }

    @Test
    void noFileHoldsASecret() throws IOException {
        List<String> found = new ArrayList<>();
        int scanned = 0;
        for (Path file : files()) {
            try {
                findings(Files.readString(file)).forEach(form -> found.add(file + ": " + form));
                scanned++;
            } catch (MalformedInputException e) {
                // No text.
            }
        }
        assertThat(found).isEmpty();
        assertThat(scanned).isGreaterThan(300);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("."))) {
            return files.filter(file -> Stream.of("./target/", "./.git/", "./data/", "./.idea/")
                            .noneMatch(left -> file.toString().startsWith(left)))
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    /** Put together here, lest this file hold what it looks for. */
    @TestFactory
    Stream<DynamicTest> everyKindOfSecretIsFound() {
        String random = Base64.getEncoder().encodeToString(new byte[] {
            17, -44, 93, 6, 127, -3, 58, 91, -100, 33, 77, -9, 120, 44, 3, -61, 88, -27, 14, 105, -77, 52, 9, 64, -5,
            21, 99, -38, 70, 1, -115, 37, 11, -84, 63, 86, 117, -13, 28, 95, -101, 43, 67, -19, 110, 54, 13, -71
        });
        Map<String, String> samples = Map.of(
                "private key", "-----BEGIN " + "PRIVATE KEY-----\n" + random,
                "AWS key", "AKIA" + "ABCDEFGHIJKLMNOP",
                "Azure storage key", "AccountKey=" + random,
                "Azure SAS", "https://x.blob.core.windows.net/c?sv=1&sig=" + random,
                "Azure client secret", "abc" + "8Q~" + "abcdefghijklmnopqrstuvwxyz0123456789",
                "JWT", "eyJ" + "hbGciOiJSUzI1NiJ9" + "." + "eyJ" + "zdWIiOiJhbm4ifQ00" + "." + "x".repeat(40),
                "webhook secret", "whsec_" + random.substring(0, 32),
                "hosting token", "ghp_" + "a".repeat(36),
                "random value", "client-secret: " + random);
        assertThat(samples.keySet()).isEqualTo(FORMS.keySet());
        return samples.entrySet().stream()
                .map(sample -> DynamicTest.dynamicTest(
                        sample.getKey(),
                        () -> assertThat(findings(sample.getValue())).contains(sample.getKey())));
    }

    @Test
    void ordinaryTextIsNone() {
        assertThat(findings("password: ${spring.datasource.password}\ntoken = accessTokens.of(upstream, scope)"))
                .isEmpty();
    }
}
