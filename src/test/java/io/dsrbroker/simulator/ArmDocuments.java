package io.dsrbroker.simulator;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The documents of the resource providers behind the resource manager, as in their swagger files. */
final class ArmDocuments {

    private ArmDocuments() {}

    private static ObjectNode resource(String id, String type, String name, String location, ObjectNode properties) {
        var document =
                Json.object().put("id", id).put("name", name).put("type", type).put("location", location);
        document.set("tags", Json.map(Map.of("owner", "research")));
        document.set("properties", properties);
        return document;
    }

    private static ObjectNode created(String friendlyName) {
        return Json.object()
                .put("description", "Research on flowers")
                .put("friendlyName", friendlyName)
                .put("creationDate", Ids.zuluTime(0))
                .put("provisioningState", "Succeeded");
    }

    private static String group(Place place) {
        return Place.resourceGroup(place.subscriptionId(), place.resourceGroup())
                .armId();
    }

    static ObjectNode hostingAccount(Place place, String location) {
        var properties = Json.object()
                .put("description", "Models of the lab")
                .put("createdOn", Ids.zuluTime(0))
                .put("modifiedOn", Ids.zuluTime(9))
                .put(
                        "modelManagementSwaggerLocation",
                        "https://" + Ids.squeezed(location) + ".modelmanagement.azureml.net/api" + group(place)
                                + "/accounts/" + place.accountName()
                                + "/swagger.json?api-version=2017-09-01-preview");
        var document = resource(
                place.armId(),
                "Microsoft.MachineLearningModelManagement/accounts",
                place.accountName(),
                location,
                properties);
        document.putObject("sku").put("name", "S1").put("tier", "Standard");
        return document;
    }

    static ObjectNode lab(Place place, String location) {
        var name = place.accountName();
        var properties = created(name)
                .put("vsoAccountId", group(place) + "/providers/microsoft.visualstudio/account/" + name)
                .put("accountId", Ids.uuid("account", place.armId()))
                .put("keyVaultId", group(place) + "/providers/Microsoft.KeyVault/vaults/" + name)
                .put("seats", "2")
                .put("discoveryUri", "https://" + Ids.squeezed(location) + ".experiments.azureml.net/discovery");
        properties
                .putObject("storageAccount")
                .put("storageAccountId", group(place) + "/providers/Microsoft.Storage/storageAccounts/" + name)
                .put("accessKey", Secrets.value("storage-access-key"));
        return resource(place.armId(), "Microsoft.MachineLearningExperimentation/accounts", name, location, properties);
    }

    static ObjectNode workspace(Place place, String location) {
        var properties = created(place.workspaceName())
                .put("accountId", Ids.uuid("account", place.accountName()))
                .put("workspaceId", Ids.uuid("workspace", place.armId()));
        return resource(
                place.armId(),
                "Microsoft.MachineLearningExperimentation/accounts/workspaces",
                place.workspaceName(),
                location,
                properties);
    }

    static ObjectNode project(Place place, String location) {
        var properties = created(place.projectName())
                .put("accountId", Ids.uuid("account", place.accountName()))
                .put("workspaceId", Ids.uuid("workspace", place.workspaceName()))
                .put("projectId", projectId(place))
                .put("gitrepo", "https://lab.visualstudio.com/DefaultCollection/" + place.projectName());
        return resource(
                place.armId(),
                "Microsoft.MachineLearningExperimentation/accounts/workspaces/projects",
                place.projectName(),
                location,
                properties);
    }

    static String projectId(Place place) {
        return Ids.uuid("project", Ids.lower(place.armId()));
    }

    static ObjectNode cluster(Place group, String name, String location) {
        var providers = group.armId().substring(1) + "/providers/";
        var properties = Json.object()
                .put("description", "Cluster of the lab")
                .put("createdOn", Ids.zuluTime(0))
                .put("modifiedOn", Ids.zuluTime(3))
                .put("provisioningState", "Succeeded")
                .put("clusterType", "ACS");
        properties
                .putObject("storageAccount")
                .put("resourceId", providers + "Microsoft.Storage/storageAccounts/" + Ids.lower(name));
        properties
                .putObject("containerRegistry")
                .put("resourceId", providers + "Microsoft.ContainerRegistry/registries/" + name);
        var service = properties
                .putObject("containerService")
                .put("clusterFqdn", Ids.lower(name) + ".eastus2.cloudapp.azure.com")
                .put("orchestratorType", "Kubernetes")
                .put("agentCount", 2)
                .put("agentVmSize", "Standard_D2_v2");
        service.putObject("orchestratorProperties")
                .putObject("servicePrincipal")
                .put("clientId", Ids.uuid("client", name))
                .put("secret", Secrets.value("service-principal"));
        service.set("systemServices", Json.strings("Scoring", "Batch"));
        properties
                .putObject("appInsights")
                .put("appId", Ids.uuid("insights", name))
                .put("apiKey", Secrets.value("api-key"));
        properties
                .putObject("globalServiceConfiguration")
                .putObject("ssl")
                .put("status", "Enabled")
                .put("cert", "MIIC-certificate")
                .put("key", Secrets.value("ssl-key"));
        return resource(
                group.armId() + "/providers/Microsoft.MachineLearningCompute/operationalizationClusters/" + name,
                "Microsoft.MachineLearningCompute/operationalizationClusters",
                name,
                location,
                properties);
    }
}
