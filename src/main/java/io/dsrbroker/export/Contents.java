package io.dsrbroker.export;

import io.dsrbroker.job.Reason;
import io.dsrbroker.job.TaskState;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the package holds and lacks, by target and type; items come target by target. */
final class Contents implements AutoCloseable {

    private static final int MOST_GAPS = 200;

    private final Scratch scratch;
    private final List<Chapter> chapters = new ArrayList<>();
    private final Map<String, Chapter> ofTarget = new LinkedHashMap<>();
    private final Map<Gap, Long> gaps = new LinkedHashMap<>();
    private long moreGaps;
    private String target = "";

    /** Something that is missing or incomplete, for all tasks of which the same can be said. */
    record Gap(
            String target,
            String type,
            TaskState state,
            @Nullable Reason reason,
            @Nullable String detail,
            @Nullable String nextStep) {}

    Contents(Scratch scratch) {
        this.scratch = scratch;
    }

    void add(Chapter.Entry entry) throws IOException {
        Item item = entry.item();
        if (!item.target().equals(target)) {
            end();
            ofTarget.clear();
            target = item.target();
        }
        Chapter chapter = ofTarget.get(item.type());
        if (chapter == null) {
            int number = chapters.size();
            chapter = new Chapter(
                    target,
                    item.type(),
                    scratch.spool("chapter-" + number, Item.class),
                    scratch.spool("fields-" + number, Fields.class));
            chapters.add(chapter);
            ofTarget.put(item.type(), chapter);
        }
        chapter.add(entry);
        if (item.state().exception()) {
            note(new Gap(target, item.type(), item.state(), item.reason(), item.detail(), item.nextStep()));
        }
    }

    private void note(Gap gap) {
        if (gaps.containsKey(gap) || gaps.size() < MOST_GAPS) {
            gaps.merge(gap, 1L, Long::sum);
        } else {
            moreGaps++;
        }
    }

    @Override
    public void close() throws IOException {
        end();
    }

    /** Ends the writing of the current target, so that it can be read. */
    void end() throws IOException {
        for (Chapter chapter : ofTarget.values()) {
            chapter.close();
        }
    }

    List<Chapter> chapters() {
        return Collections.unmodifiableList(chapters);
    }

    /** What is missing or incomplete, and how many tasks say so. */
    Map<Gap, Long> gaps() {
        return Collections.unmodifiableMap(gaps);
    }

    /** How many tasks more are exceptions: too many different ones to tell. */
    long moreGaps() {
        return moreGaps;
    }
}
