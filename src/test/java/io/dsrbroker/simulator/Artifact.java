package io.dsrbroker.simulator;

/** A file that a run left behind; its path may contain anything a file name can. */
public record Artifact(String path, Content content) {}
