package io.dsrbroker.simulator;

/** Judges the value of a bearer token. */
@FunctionalInterface
public interface TokenCheck {

    /** What a bearer token is worth. */
    enum Verdict {
        /** The call goes on. */
        ACCEPTED,
        /** 401 with ExpiredAuthenticationToken. */
        EXPIRED,
        /** 401 with InvalidAuthenticationToken. */
        INVALID,
        /** 401 with InvalidAuthenticationTokenAudience. */
        WRONG_AUDIENCE,
        /** 401 with InvalidAuthenticationTokenTenant. */
        WRONG_TENANT
    }

    /** The verdict on a token without its {@code Bearer} prefix; "" when there was none. */
    Verdict judge(String token);
}
