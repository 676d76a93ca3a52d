package io.dsrbroker.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpHeaders;

class RemainingTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "GET|x-ms-ratelimit-remaining-subscription-reads: 11999|11999",
                "GET|X-MS-RateLimit-Remaining-Subscription-Reads: 7|7",
                "DELETE|x-ms-ratelimit-remaining-subscription-deletes: 14999|14999",
                "DELETE|x-ms-ratelimit-remaining-subscription-reads: 1|-",
                "GET|x-ms-ratelimit-remaining-subscription-deletes: 1|-",
                "GET|x-ms-ratelimit-remaining-subscription-writes: 1|-",
                "GET|x-ms-ratelimit-remaining-subscription-reads: 9 & x-ms-ratelimit-remaining-tenant-reads: 3|3",
                "GET|x-ms-ratelimit-remaining-resource: Microsoft.X/Y;36|-",
                "DELETE|x-ms-ratelimit-remaining-resource: Microsoft.X/Y3Min;107,Microsoft.X/Y30Min;53|-",
                "GET|x-ms-ratelimit-remaining-subscription-reads: 0|0",
                "GET|x-ms-ratelimit-remaining-subscription-reads: -1|-",
                "GET|x-ms-ratelimit-remaining-subscription-reads: many|-",
                "GET|x-ms-request-id: 5|-",
            })
    @DisplayName("§3 Headers back: the least number of calls of the same kind that are left is read")
    void leastNumberOfItsKindIsRead(String method, String given, @Nullable Integer remaining) {
        HttpHeaders headers = new HttpHeaders();
        for (String header : given.split(" & ", -1)) {
            String[] parts = header.split(": ", 2);
            headers.add(parts[0], parts[1]);
        }
        assertThat(Remaining.in(headers, method).orElse(null)).isEqualTo(remaining);
    }
}
