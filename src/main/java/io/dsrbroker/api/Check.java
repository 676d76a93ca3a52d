package io.dsrbroker.api;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * What a text must be like.
 *
 * @param detail how to say so without repeating the text
 */
record Check(Predicate<String> test, String detail) {

    /** All that ends a line or steers a terminal, in any script. */
    private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\p{Zl}\\p{Zp}]");

    static final Check UUID = pattern("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}", "Must be a UUID.");
    static final Check GALLERY_AUTHOR = pattern("[0-9A-F]{64}", "Must be 64 upper-case hex digits.");
    static final Check SHA256 = pattern("[0-9a-fA-F]{64}", "Must be 64 hex digits.");
    static final Check NUMBER = pattern("[0-9]{1,18}", "Must be a number.");
    static final Check EMAIL = new Check(
            text -> text.length() <= 254
                    && !CONTROL.matcher(text).find()
                    && text.matches("[^@\\s\\p{Cntrl}]{1,64}@[^@\\s.\\p{Cntrl}]+(\\.[^@\\s.\\p{Cntrl}]+)+"),
            "Must be an e-mail address.");
    static final Check TARGET_NAME = new Check(
            text -> text.matches("[A-Za-z0-9._-]{1,64}") && !dots(text),
            "Must have 1 to 64 letters, digits, dots, underscores or hyphens, and not be . or .. alone.");
    static final Check ARM_NAME = new Check(
            text -> text.matches("[-\\w._()]{1,90}") && !dots(text),
            "Must have 1 to 90 letters, digits, dots, underscores, hyphens or parentheses.");
    static final Check REGION = pattern("[A-Za-z0-9][A-Za-z0-9 ]{0,49}", "Must be an Azure region.");
    static final Check LABEL = new Check(
            text -> !text.isBlank()
                    && text.length() <= 255
                    && !CONTROL.matcher(text).find(),
            "Must have 1 to 255 characters, no control characters, and not be blank.");
    static final Check PROSE = new Check(
            text -> !text.isBlank() && text.length() <= 4000, "Must have 1 to 4000 characters and not be blank.");
    static final Check SECRET = pattern("[\\x21-\\x7E]{1,8192}", "Must have 1 to 8192 visible ASCII characters.");
    static final Check ANY = new Check(any -> true, "");

    private static Check pattern(String regex, String detail) {
        return new Check(Pattern.compile(regex).asMatchPredicate(), detail);
    }

    private static boolean dots(String text) {
        return text.equals(".") || text.equals("..");
    }

    /** Whether it can be kept and sent as UTF-8: no null character, no half of a surrogate pair. */
    static boolean isText(String text) {
        return text.indexOf(0) < 0
                && text.codePoints()
                        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
