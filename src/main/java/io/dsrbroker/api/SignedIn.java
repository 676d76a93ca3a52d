package io.dsrbroker.api;

import io.dsrbroker.job.Caller;

/** A person who signed in with a browser instead of sending a token. */
public interface SignedIn {

    /** Who it is, and with which application, as their access token says. */
    Caller caller();
}
