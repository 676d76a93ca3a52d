package io.dsrbroker.callback;

/** What can be wrong with a try, in words that say nothing of the answer or the URL. */
final class Words {

    static final String GONE = "the portal is gone";
    static final String REFUSED = "the portal answered without success";
    static final String REDIRECTED = "the portal answered with a redirect, which is not followed";
    static final String NOT_ALLOWED = "the settings do not allow this URL any more";
    static final String NO_URL = "the request has no callback URL any more";
    static final String SEALED = "the callback URL, which is kept sealed, could not be opened";
    static final String ADDRESS = "the host's address is not allowed";
    static final String UNKNOWN_HOST = "the host's name cannot be resolved";
    static final String TLS = "no TLS connection could be made";
    static final String LATE = "no answer came in time";
    static final String NO_ANSWER = "no answer came";

    private Words() {}
}
