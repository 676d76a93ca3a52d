package io.dsrbroker.upstream;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Makes an upstream's message fit for people: only words that cannot name anybody or anything stay, all else becomes an
 * ellipsis. A list of what may stay, because no list of what may not is ever complete.
 */
final class PlainMessage {

    private static final int READ = 2000;
    private static final int LONGEST = 200;
    private static final String GONE = "…";

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\s\\p{Z}]+");
    private static final String QUOTES = "'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb";
    private static final Pattern QUOTE =
            Pattern.compile("(?<![\\p{L}\\p{N}])[" + QUOTES + "]|[" + QUOTES + "](?![\\p{L}\\p{N}])");
    private static final Pattern QUOTED =
            Pattern.compile("(?<![\\p{L}\\p{N}])[" + QUOTES + "].*?[" + QUOTES + "](?![\\p{L}\\p{N}])");
    private static final Pattern WORD = Pattern.compile("(\\(?)([A-Za-z'-]+(?:\\([a-z]+\\))?)([.,;:!?)]{0,2})");
    private static final Pattern PUNCTUATION = Pattern.compile("[.,;:!?)]+$");

    private static final Set<String> WORDS = words("""
            a about above access account accounts action active after again all allowed already also an and another any api
            are as at authorization available azure backend bad be because been before being below body but by call
            called can can't cannot child children client cluster completed condition configuration conflict container
            contact content could credential credentials currently data delete deleted deleting deletion denied deny
            dependent depends deployment deployments did does doesn't done due each either elapsed ended error errors exceeded
            exist existing exists expired expires failed failure first following for forbidden found from full get
            granted group has have header hour hours however http id identity if image images in insufficient internal
            invalid is isn't it its key last later limit limits list location lock locked locks longer made manifest
            manifests many match may message method minute minutes missing model models more must name namespace nested
            no not number object of on once one only operation operations or other out over parent part path perform
            performed permission permissions permitted please policies policy possible principal progress project projects
            properties property provided provider quota rate reached read recently refresh refused registered registration
            remove request requested requests required requires resource resources response retry role run running runs
            same scope scope(s) scopes second seconds see server service services should since some something state status
            still such subscription support supported target tenant than that the their then there these they this
            those throttled time timed to token too try trying type unable unauthorized unavailable under unexpected
            unknown unless until update use used user using valid value version wait was were when where which while
            will with within without workspace workspaces write wrong yet you your
            """);

    private PlainMessage() {}

    private static Set<String> words(String list) {
        return Arrays.stream(list.strip().split("\\s+")).collect(Collectors.toUnmodifiableSet());
    }

    /** The message in one line of at most 200 characters. */
    static String of(String message) {
        String line = INVISIBLE
                .matcher(message.substring(0, Math.min(message.length(), READ)))
                .replaceAll(" ")
                .strip();
        String plain = Arrays.stream(unquoted(line).split(" "))
                .map(PlainMessage::kept)
                .collect(Collectors.joining(" "))
                .replaceAll(GONE + "(?: " + GONE + ")+", GONE);
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + GONE;
    }

    /** Where the quotes do not pair, nothing after the first can be told from what is quoted. */
    private static String unquoted(String line) {
        String paired = QUOTED.matcher(line).replaceAll("'" + GONE + "'");
        String rest = paired.replace("'" + GONE + "'", "");
        var stray = QUOTE.matcher(rest);
        if (!stray.find()) {
            return paired;
        }
        int first = QUOTE.matcher(line).results().findFirst().orElseThrow().start();
        return line.substring(0, first) + GONE;
    }

    private static String kept(String token) {
        if (token.matches("\\(?'" + GONE + "'[.,;:!?)]{0,2}")) {
            return token;
        }
        var word = WORD.matcher(token);
        if (word.matches() && WORDS.contains(word.group(2).toLowerCase(Locale.ROOT))) {
            return token;
        }
        var end = PUNCTUATION.matcher(token);
        return GONE + (end.find() ? end.group().substring(0, 1) : "");
    }
}
