package io.dsrbroker.simulator;

import org.junit.jupiter.api.AfterEach;

/** A running simulator and the URLs of the rows of endpoints.csv. */
abstract class SimulatorTestCase {

    static final Person SUBJECT = Person.named("First", "Last");
    static final String MODELS_VERSION = "?api-version=2017-09-01-preview";
    static final String LAB_VERSION = "?api-version=2017-05-01-preview";

    final AzureSimulator simulator;
    final Client client = new Client();
    final Place lab = Place.lab(Estate.SUBSCRIPTION, Estate.GROUP, "experiments1");
    final Place project = lab.workspace("space1").project("project1");

    SimulatorTestCase(Estate estate) {
        simulator = AzureSimulator.start(estate);
    }

    SimulatorTestCase() {
        this(Estate.sample(SUBJECT));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    String gallery(String path) {
        return simulator.baseUrl("gallery-catalog") + path;
    }

    String arm(String path) {
        return simulator.baseUrl("arm") + path;
    }

    String group() {
        return "/subscriptions/" + Estate.SUBSCRIPTION + "/resourceGroups/" + Estate.GROUP;
    }

    String models(String path) {
        return simulator.baseUrl("model-management").replace("{location}", "eastus2") + "/api" + group()
                + "/accounts/models1" + path + MODELS_VERSION;
    }

    String experiments(String service, String path) {
        return experiments("eastus2", service, project, path);
    }

    String experiments(String location, String service, Place place, String path) {
        return simulator.baseUrl("experiments").replace("{location}", location) + "/" + service + "/v1.0"
                + place.armId() + path;
    }

    String history(String path) {
        return experiments("history", path);
    }

    String artifact(String path) {
        return experiments("artifact", path);
    }
}
