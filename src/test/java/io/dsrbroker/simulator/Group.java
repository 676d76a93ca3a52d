package io.dsrbroker.simulator;

import tools.jackson.databind.node.ObjectNode;

/** A resource group with everything in it that the broker asks about. */
record Group(
        String subscriptionId,
        String name,
        Bin<ObjectNode> hostingAccounts,
        Bin<ModelStore> modelStores,
        Bin<Lab> labs,
        Bin<MlWorkspace> mlWorkspaces,
        Bin<ObjectNode> clusters) {

    /** An Azure ML workspace with its computes. */
    record MlWorkspace(Place place, Bin<ObjectNode> computes) {}

    static Group empty(String subscriptionId, String name) {
        return new Group(
                subscriptionId,
                name,
                Bin.ignoringCase(),
                Bin.ignoringCase(),
                Bin.ignoringCase(),
                Bin.ignoringCase(),
                Bin.ignoringCase());
    }
}
