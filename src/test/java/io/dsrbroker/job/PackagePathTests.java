package io.dsrbroker.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagePathTests {

    @ParameterizedTest
    @CsvSource({
        "run-17, run-17",
        "a/b c, a%2Fb%20c",
        "., %2E",
        ".., %2E%2E",
        "...., ....",
        "../../etc/passwd, ..%2F..%2Fetc%2Fpasswd",
        "100%, 100%25",
        "é, %C3%A9",
        "a~b, a%7Eb",
        "'', %00",
    })
    void segmentHoldsOnlySafeCharacters(String key, String segment) {
        assertThat(PackagePath.segment(key)).isEqualTo(segment);
    }

    @Test
    void longKeyIsCutAndToldApartByItsHash() {
        String one = PackagePath.segment("x".repeat(200) + "1", ".json");
        String other = PackagePath.segment("x".repeat(200) + "2", ".json");
        assertThat(one).hasSize(120).matches("x+~[0-9a-f]{12}\\.json").isNotEqualTo(other);
    }

    @Test
    void cutNeverSplitsAnEscape() {
        for (int shift = 0; shift < 4; shift++) {
            assertThat(PackagePath.segment("a".repeat(shift) + "é".repeat(60), ".json"))
                    .hasSizeLessThanOrEqualTo(120)
                    .matches("a*(%[0-9A-F]{2})+~[0-9a-f]{12}\\.json");
        }
    }
}
