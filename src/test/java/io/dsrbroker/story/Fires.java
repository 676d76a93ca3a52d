package io.dsrbroker.story;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A test that brings about what an alert is for; it fails unless it has seen the alert quiet first, and then firing. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Fires {

    /** The name of the alert. */
    String value();
}
