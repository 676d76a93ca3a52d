package io.dsrbroker.vault;

/** A sealed value is not what was once sealed for this place: it was changed, or belongs elsewhere. */
public final class SealBroken extends RuntimeException {

    SealBroken(String place, Throwable cause) {
        super("What is kept at " + place + " was not sealed for it", cause);
    }
}
