package io.dsrbroker.simulator;

import tools.jackson.databind.node.ObjectNode;

/** What model management keeps under the name of a hosting account; it stays when the account is deleted. */
record ModelStore(
        String account,
        String location,
        Bin<ObjectNode> models,
        Bin<ObjectNode> manifests,
        Bin<ObjectNode> images,
        Bin<ObjectNode> services) {

    void addModel(int number) {
        models.put(ModelDocuments.id("model", account, number), ModelDocuments.model(account, number));
    }

    static ModelStore empty(String account, String location) {
        return new ModelStore(account, location, Bin.exact(), Bin.exact(), Bin.exact(), Bin.exact());
    }
}
