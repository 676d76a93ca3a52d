package io.dsrbroker.export;

import java.util.ArrayList;
import java.util.List;

/**
 * Which page lists what: a short package has one page, a long one an index and pages of some hundred lines.
 *
 * @param documents whether the index can be searched for what documents say, too
 */
record Layout(List<Part> parts, boolean documents) {

    /** So many characters of documents can be searched. */
    static final long SEARCHED = 4_000_000;

    private static final int SHORT = 50;
    private static final int MOST_IN_INDEX = 300;
    private static final long WORDS_IN_INDEX = 1_000_000;
    private static final int MOST_LINES = 200;
    private static final int FEWEST_LINES = 20;
    private static final long WORDS_OF_PAGE = 500_000;

    /**
     * A chapter in its place.
     *
     * @param number from 1, for links to it
     * @param first the number of its first line, counted through the package
     * @param page its first page of its own; 0 where the index lists it
     */
    record Part(Chapter chapter, int number, long first, int page) {

        /** How many lines each page of its own has, but for the last: fewer where documents say much. */
        int lines() {
            long each = Math.max(1, chapter.words() / Math.max(1, chapter.rows()));
            return Math.clamp(WORDS_OF_PAGE / each, FEWEST_LINES, MOST_LINES);
        }

        /** How many pages of its own it has. */
        int pages() {
            return page == 0 ? 0 : (chapter.rows() + lines() - 1) / lines();
        }
    }

    static Layout of(Contents contents) {
        List<Part> parts = new ArrayList<>();
        long line = 1;
        int page = 1;
        int inIndex = 0;
        long words = 0;
        long wordsInIndex = 0;
        for (Chapter chapter : contents.chapters()) {
            words += chapter.words();
            int rows = chapter.rows();
            boolean here = rows == 0
                    || (rows <= SHORT
                            && inIndex + rows <= MOST_IN_INDEX
                            && wordsInIndex + chapter.words() <= WORDS_IN_INDEX);
            Part part = new Part(chapter, parts.size() + 1, line, here ? 0 : page);
            parts.add(part);
            line += rows;
            page += part.pages();
            if (here) {
                inIndex += rows;
                wordsInIndex += chapter.words();
            }
        }
        return new Layout(parts, words <= SEARCHED);
    }

    /** What of a target has anything to show. */
    List<Part> worthReading(String target) {
        return parts.stream()
                .filter(part ->
                        part.chapter().target().equals(target) && part.chapter().worthReading())
                .toList();
    }

    /** The name of a page of its own. */
    static String page(int number) {
        return "index-" + number + ".html";
    }
}
