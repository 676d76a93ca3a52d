package io.dsrbroker.upstream;

/** No access token could be had. */
final class TokenUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final boolean rejected;

    /** {@code rejected}: the issuer refused the credentials, rather than not answering. */
    TokenUnavailable(boolean rejected, String words, Throwable cause) {
        super(words, cause);
        this.rejected = rejected;
    }

    boolean rejected() {
        return rejected;
    }

    String words() {
        return String.valueOf(getMessage());
    }
}
