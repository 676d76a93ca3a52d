package io.dsrbroker.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Names the problems that a call may answer, for its description; those of every call, and of every body, are not repeated. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface AnswersProblems {

    /** Names as in {@link ProblemExamples}. */
    String[] value();
}
