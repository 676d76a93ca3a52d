package io.dsrbroker.simulator;

import tools.jackson.databind.node.ObjectNode;

/** The documents of the model management service in its 2017-09-01-preview form. */
final class ModelDocuments {

    private ModelDocuments() {}

    static String id(String kind, String account, int number) {
        return Ids.uuid(kind, Ids.lower(account), String.valueOf(number)).replace("-", "");
    }

    static String serviceId(String account, int number) {
        return "irisapp" + number + "." + id("service", account, number).substring(0, 12);
    }

    static ObjectNode model(String account, int number) {
        var id = id("model", account, number);
        var document = Json.object()
                .put("id", id)
                .put("name", "iris model " + number)
                .put("version", number)
                .put("url", Secrets.sas("models/" + id + ".pkl"))
                .put("mimeType", "application/octet-stream")
                .put("unpack", false)
                .put("description", "Flowers by " + account);
        document.set("tags", Json.strings("iris", "v" + number));
        return document.put("createdAt", Ids.zuluTime(number));
    }

    static ObjectNode manifest(String account, int number, String modelId) {
        var id = id("manifest", account, number);
        var document = Json.object().put("id", id).put("name", "iris manifest").put("version", number);
        document.putArray("assets")
                .addObject()
                .put("id", "driver")
                .put("mimeType", "application/x-python")
                .put("unpack", false)
                .put("url", Secrets.sas("manifests/" + id + "/driver.py"));
        document.set("modelIds", Json.strings(modelId));
        document.put("driverProgram", "driver.py");
        document.putObject("targetRuntime")
                .put("runtimeType", "SparkPython")
                .putObject("properties")
                .put("condaEnvFile", "conda.yml");
        return document.put("webserviceType", "Realtime")
                .put("modelType", "Registered")
                .put("description", "")
                .put("createdTime", Ids.zuluTime(number + 1));
    }

    static ObjectNode image(String account, int number, ObjectNode manifest) {
        var document = Json.object()
                .put("id", id("image", account, number))
                .put("name", "iris image")
                .put("version", number)
                .put("imageType", "Docker")
                .put("imageLocation", "labregistry.azurecr.io/irisapp:" + number)
                .put("imageBuildLogUri", Secrets.sas("ICE/logs/" + number + ".txt"));
        document.set("manifest", manifest.deepCopy());
        return document.put("creationState", "Succeeded")
                .put("createdTime", Ids.zuluTime(number + 2))
                .putNull("error");
    }

    static ObjectNode service(String account, int number, ObjectNode model, ObjectNode manifest, ObjectNode image) {
        var id = serviceId(account, number);
        var document = Json.object()
                .put("ID", id)
                .put("name", "irisapp" + number)
                .put("state", "Succeeded")
                .put("scoringUri", "http://203.0.113.9:80/api/v1/service/irisapp" + number + "/score")
                .put("createdAt", Ids.zuluTime(number + 3))
                .put("updatedAt", Ids.zuluTime(number + 4));
        document.set("image", image.deepCopy());
        document.set("manifest", manifest.deepCopy());
        document.putArray("models").add(model.deepCopy());
        document.putObject("computeResource")
                .put("id", "/subscriptions/s/cluster")
                .put("type", "Cluster");
        document.put("numReplicas", 1).put("appInsightsEnabled", false).putNull("error");
        document.putObject("dataCollection").put("storageEnabled", false);
        return document;
    }
}
