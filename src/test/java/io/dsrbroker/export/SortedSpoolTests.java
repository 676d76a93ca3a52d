package io.dsrbroker.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.dsrbroker.shared.JobId;
import io.dsrbroker.vault.Vault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

class SortedSpoolTests extends ExportModule {

    @Autowired
    TransactionTemplate transactions;

    /** Something with a place in an order. */
    record Line(int number, String text) {}

    private List<Line> sorted(List<Line> lines) throws IOException {
        JobId job = new JobId(UUID.randomUUID());
        Vault sealing = vault;
        transactions.executeWithoutResult(status -> sealing.begin(job));
        try (Scratch scratch = new Scratch(job, sealing, new JsonMapper())) {
            SortedSpool<Line> spool = new SortedSpool<>(
                    Comparator.comparingInt(Line::number), run -> scratch.spool("lines-" + run, Line.class));
            try (spool) {
                for (Line line : lines) {
                    spool.add(line);
                }
            }
            List<Line> read = new ArrayList<>();
            spool.each(read::add);
            List<Line> again = new ArrayList<>();
            spool.each(again::add);
            assertThat(again).isEqualTo(read);
            return read;
        }
    }

    @Test
    void manyRunsComeOutAsOneInOrder() throws IOException {
        List<Line> lines = new ArrayList<>(IntStream.range(0, 23_456)
                .mapToObj(number -> new Line(number, "text " + number))
                .toList());
        List<Line> expected = List.copyOf(lines);
        Collections.shuffle(lines, new Random(5));
        assertThat(sorted(lines)).isEqualTo(expected);
    }

    @Test
    void nothingAndOneAreSortedToo() throws IOException {
        assertThat(sorted(List.of())).isEmpty();
        assertThat(sorted(List.of(new Line(1, "\u2028 line")))).containsExactly(new Line(1, "\u2028 line"));
    }
}
