package io.dsrbroker.simulator;

/** Values that must never reach a package or a log; every one contains {@link Estate#SECRET_MARKER}. */
final class Secrets {

    private Secrets() {}

    static String value(String what) {
        return Estate.SECRET_MARKER + "-" + what;
    }

    /** A long-lived shared access signature to a blob of the customer. */
    static String sas(String blob) {
        return "https://customerdata.blob.core.windows.net/azureml/" + blob
                + "?sv=2017-04-17&sr=b&sp=r&se=2031-01-01T00%3A00%3A00Z&sig=" + value("sas") + "%3D";
    }
}
