package io.dsrbroker.simulator;

/** How a list says that there is more, and how it says that there is not. */
public record PagingDialect(
        Continuation continuation,
        boolean nullAtEnd,
        boolean emptyMiddlePage,
        boolean tokenRepeats,
        boolean otherKeyCase,
        boolean otherPathCase) {

    /** What leads to the next page. */
    public enum Continuation {
        /** An absolute link. */
        LINK,
        /** A token in the body, to be sent again as a query parameter. */
        TOKEN,
        /** Both of them. */
        BOTH
    }

    /** A link, no empty pages, and nothing at the end. */
    public static PagingDialect plain(Continuation continuation) {
        return new PagingDialect(continuation, false, false, false, false, false);
    }

    /** The default of a list: depends on its path, so that each of the ways comes up in a walk through an estate. */
    static PagingDialect rotated(ListFamily family, String path) {
        int turn = Math.floorMod(Ids.lower(path).hashCode(), 8);
        var continuation = family.hasToken() ? (turn < 4 ? Continuation.TOKEN : Continuation.BOTH) : Continuation.LINK;
        return new PagingDialect(continuation, turn % 2 == 0, turn % 4 < 2, false, false, turn % 3 == 0);
    }

    /** The same with a page in the middle that has a next one but no items. */
    public PagingDialect withEmptyMiddlePage() {
        return new PagingDialect(continuation, nullAtEnd, true, tokenRepeats, otherKeyCase, otherPathCase);
    }

    /** The same with a second page that leads to itself for ever. */
    public PagingDialect withRepeatingToken() {
        return new PagingDialect(continuation, nullAtEnd, emptyMiddlePage, true, otherKeyCase, otherPathCase);
    }

    /** The same with {@code Value}, {@code NextLink} and {@code ID}, in the envelope and as the items' own keys. */
    public PagingDialect withOtherKeyCase() {
        return new PagingDialect(continuation, nullAtEnd, emptyMiddlePage, tokenRepeats, true, otherPathCase);
    }

    /** The same with an explicit null at the end. */
    public PagingDialect withNullAtEnd() {
        return new PagingDialect(continuation, true, emptyMiddlePage, tokenRepeats, otherKeyCase, otherPathCase);
    }
}
