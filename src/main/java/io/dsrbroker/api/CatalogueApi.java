package io.dsrbroker.api;

import io.dsrbroker.catalogue.Catalogue;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue. */
@Tag(name = "Catalogue", description = "See what the broker knows of its upstreams.")
@RestController
class CatalogueApi {

    private final CatalogueView view;

    CatalogueApi(Catalogue catalogue) {
        this.view = CatalogueView.of(catalogue);
    }

    @Operation(
            operationId = "getCatalogue",
            summary = "See the catalogue",
            description = "The upstreams, the resource types and their calls, with the numbers of the source rows that"
                    + " each call stands for. Scope: dsr.read.")
    @GetMapping(path = "/api/v1/catalogue", produces = MediaType.APPLICATION_JSON_VALUE)
    CatalogueView catalogue() {
        return view;
    }
}
