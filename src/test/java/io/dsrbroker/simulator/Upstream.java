package io.dsrbroker.simulator;

/** The servers of the simulator. */
enum Upstream {
    GALLERY("gallery-catalog"),
    ARM("arm"),
    MODEL_MANAGEMENT("model-management"),
    EXPERIMENTS("experiments"),
    CONTENT("content"),
    LOGIN("login");

    private final String wireName;

    Upstream(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    static Upstream named(String wireName) {
        for (var upstream : values()) {
            if (upstream.wireName.equals(wireName)) {
                return upstream;
            }
        }
        throw new IllegalArgumentException("no upstream " + wireName);
    }
}
