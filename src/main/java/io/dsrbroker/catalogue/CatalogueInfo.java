package io.dsrbroker.catalogue;

import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/** Tells operators at {@code /actuator/info} which catalogue a replica works by; all replicas should say the same. */
@Component
class CatalogueInfo implements InfoContributor {

    private final Catalogue catalogue;

    CatalogueInfo(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    @Override
    public void contribute(Info.Builder builder) {
        builder.withDetail("catalogue", Map.of("hash", catalogue.hash()));
    }
}
