package io.dsrbroker.catalogue;

import java.util.List;

/**
 * A remote service.
 *
 * @param name as in the configuration
 * @param baseUrl scheme and host of the real service, with {@code {location}} where it is regional
 * @param lane the template of the lane that its calls share
 * @param bearer whether its calls carry an access token
 * @param contentOrigins where content that it points to may lie
 * @param absence the answers that prove absence
 * @param retiredCodes error codes that say that the service is gone
 */
public record Upstream(
        String name,
        String baseUrl,
        UriTemplate lane,
        boolean bearer,
        List<String> contentOrigins,
        List<Absence> absence,
        List<String> retiredCodes) {}
