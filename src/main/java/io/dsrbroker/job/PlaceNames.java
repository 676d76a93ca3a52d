package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What containers are called, sealed as one. */
@Component
class PlaceNames {

    private final Names names;
    private final JsonMapper json;

    PlaceNames(Names names, JsonMapper json) {
        this.names = names;
        this.json = json;
    }

    /**
     * What a container is called.
     *
     * @param variables every template variable known there
     * @param path its folder in the package
     */
    record Called(Map<String, String> variables, String path) {}

    /** As its row keeps it. */
    record Sealed(String base64, String mark) {}

    Sealed sealed(JobId job, NewContainer container) {
        String plain = json.writeValueAsString(new Called(new TreeMap<>(container.variables()), container.path()));
        return new Sealed(names.base64(job, Names.ofContainer(container.id()), plain), names.changeMark(job, plain));
    }

    Called open(JobId job, UUID container, byte[] sealed) {
        return json.readValue(names.open(job, Names.ofContainer(container), sealed), Called.class);
    }

    /** For a reader; nothing is called anything once the job is erased. */
    Called shown(JobId job, UUID container, byte[] sealed) {
        String plain = names.shown(job, Names.ofContainer(container), sealed);
        return plain == null ? new Called(Map.of(), "") : json.readValue(plain, Called.class);
    }
}
