package io.dsrbroker.simulator;

import tools.jackson.databind.node.ObjectNode;

/** One compute of each type that the 2018-03-01-preview swagger knows. */
final class ComputeDocuments {

    /** The values of {@code computeType}. */
    enum Type {
        AKS,
        BatchAI,
        DataFactory,
        VirtualMachine,
        HDInsight
    }

    private ComputeDocuments() {}

    static ObjectNode compute(Place workspace, String name, Type type, String location) {
        var properties = Json.object()
                .put("computeType", type.name())
                .put("computeLocation", Ids.squeezed(location))
                .put("provisioningState", "Succeeded")
                .put("description", "Compute of type " + type)
                .put("createdOn", Ids.zuluTime(0))
                .put("modifiedOn", Ids.zuluTime(2))
                .put("resourceId", underlying(workspace, type) + name);
        properties.putArray("provisioningErrors");
        if (type != Type.DataFactory) {
            properties.set("properties", details(type));
        }
        var document = Json.object()
                .put("id", workspace.armId() + "/computes/" + name)
                .put("type", "Microsoft.MachineLearningServices/workspaces/computes")
                .put("name", name)
                .put("location", Ids.squeezed(location));
        document.set("properties", properties);
        return document;
    }

    private static String underlying(Place workspace, Type type) {
        var provider = switch (type) {
            case AKS -> "Microsoft.ContainerService/managedClusters/";
            case BatchAI -> "Microsoft.BatchAI/workspaces/lab/clusters/";
            case DataFactory -> "Microsoft.DataFactory/factories/";
            case VirtualMachine -> "Microsoft.Compute/virtualMachines/";
            case HDInsight -> "Microsoft.HDInsight/clusters/";
        };
        return "/subscriptions/" + workspace.subscriptionId() + "/resourcegroups/" + workspace.resourceGroup()
                + "/providers/" + provider;
    }

    private static ObjectNode details(Type type) {
        var details = Json.object();
        switch (type) {
            case AKS -> {
                details.put("clusterFqdn", "aks.eastus2.cloudapp.azure.com")
                        .put("agentCount", 3)
                        .put("agentVMSize", "Standard_D3_v2");
                details.putObject("sslConfiguration")
                        .put("status", "Enabled")
                        .put("cert", "MIIC-certificate")
                        .put("key", Secrets.value("aks-ssl-key"))
                        .put("cname", "aks.example.com");
            }
            case BatchAI ->
                details.put("vmSize", "STANDARD_D2")
                        .put("vmPriority", "dedicated")
                        .putObject("scaleSettings")
                        .put("maxNodeCount", 4)
                        .put("minNodeCount", 0)
                        .put("autoScaleEnabled", true);
            case VirtualMachine -> {
                details.put("virtualMachineSize", "Standard_DS3_v2")
                        .put("sshPort", 22)
                        .put("address", "203.0.113.7");
                details.set("administratorAccount", administrator("vm"));
            }
            case HDInsight -> {
                details.put("sshPort", 22).put("address", "203.0.113.8");
                details.set("administratorAccount", administrator("hdinsight"));
            }
            case DataFactory -> {}
        }
        return details;
    }

    private static ObjectNode administrator(String what) {
        return Json.object()
                .put("username", "admin")
                .put("password", Secrets.value(what + "-password"))
                .put("publicKeyData", "ssh-rsa AAAA")
                .put("privateKeyData", Secrets.value(what + "-private-key"));
    }
}
