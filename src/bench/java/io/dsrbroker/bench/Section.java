package io.dsrbroker.bench;

/** Something that is measured. */
interface Section {

    void run(Results results) throws Exception;
}
