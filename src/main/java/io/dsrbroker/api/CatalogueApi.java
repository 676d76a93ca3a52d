package io.dsrbroker.api;

import io.dsrbroker.catalogue.Catalogue;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue. */
@RestController
class CatalogueApi {

    private final CatalogueView view;

    CatalogueApi(Catalogue catalogue) {
        this.view = CatalogueView.of(catalogue);
    }

    @GetMapping(path = "/api/v1/catalogue", produces = MediaType.APPLICATION_JSON_VALUE)
    CatalogueView catalogue() {
        return view;
    }
}
