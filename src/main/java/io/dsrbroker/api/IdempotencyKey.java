package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.shared.Digests;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The key under which a client can repeat a request; keys of different clients never meet.
 *
 * @param owner the client, or the person where the token names no client
 * @param value as the client chose it, without the quotes of the IETF draft's form
 */
record IdempotencyKey(String owner, String value) {

    private static final int LONGEST = 255;
    private static final Pattern VISIBLE = Pattern.compile("[\\x20-\\x7E]+");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\[\"\\\\])*)\"");

    static IdempotencyKey of(List<String> headers, Caller caller) {
        if (headers.stream().allMatch(String::isBlank)) {
            throw new IdempotencyKeyMissing();
        }
        if (headers.size() > 1) {
            throw new IdempotencyKeyInvalid();
        }
        String value = unquoted(headers.getFirst().strip());
        if (value.isBlank()
                || value.length() > LONGEST
                || !VISIBLE.matcher(value).matches()) {
            throw new IdempotencyKeyInvalid();
        }
        String client = caller.client();
        return new IdempotencyKey(client == null ? "sub:" + caller.sub() : "client:" + client, value);
    }

    private static String unquoted(String header) {
        if (!header.startsWith("\"")) {
            return header;
        }
        var quoted = QUOTED.matcher(header);
        if (!quoted.matches()) {
            throw new IdempotencyKeyInvalid();
        }
        return quoted.group(1).replaceAll("\\\\(.)", "$1");
    }

    /** The advisory lock that stands for it. */
    long lock() {
        byte[] digest = Digests.sha256()
                .digest((owner.length() + ":" + owner + value).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getLong();
    }
}
