package io.dsrbroker.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import portal.client.ApiClient;
import portal.client.ApiException;
import portal.client.api.LanesApi;
import portal.client.api.RequestsApi;
import portal.client.api.ResourcesApi;
import portal.client.model.LaneView;
import portal.client.model.NewRequest;
import portal.client.model.PageLaneView;
import portal.client.model.PageResourceView;
import portal.client.model.Problem;
import portal.client.model.RequestView;
import portal.client.model.ResourceView;
import portal.client.model.Status;

/** What a portal does with a client that was generated from docs/openapi.yaml. */
final class GeneratedClient {

    private final ApiClient client = new ApiClient();
    private final RequestsApi requests;
    private final ResourcesApi resources;
    private final LanesApi lanes;

    GeneratedClient(String url, String token) {
        client.updateBaseUri(url);
        client.setRequestInterceptor(request -> request.header("Authorization", "Bearer " + token));
        requests = new RequestsApi(client);
        resources = new ResourcesApi(client);
        lanes = new LanesApi(client);
    }

    RequestView submit(NewRequest request) throws ApiException {
        return requests.submitRequest(UUID.randomUUID().toString(), request);
    }

    /** The request once nothing more happens to it by itself. */
    RequestView ended(UUID id) {
        return await().atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> requests.getRequest(id, null),
                        view -> view.getStatus() != Status.PENDING && view.getStatus() != Status.IN_PROGRESS);
    }

    /** All resources, page by page. */
    List<ResourceView> resources(UUID id, int limit) throws ApiException {
        List<ResourceView> all = new ArrayList<>();
        String cursor = null;
        do {
            PageResourceView page = resources.listResources(id, null, null, null, null, limit, cursor);
            assertThat(page.getItems()).hasSizeBetween(1, limit);
            all.addAll(page.getItems());
            cursor = page.getNext();
        } while (cursor != null);
        return all;
    }

    ResourceView resource(UUID id, UUID task) throws ApiException {
        return resources.getResource(id, task);
    }

    List<LaneView> lanes() throws ApiException {
        List<LaneView> all = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            PageLaneView page = lanes.listLanes(2, cursor);
            all.addAll(page.getItems());
            cursor = page.getNext();
        } while (cursor != null);
        return all;
    }

    /** How this is refused. */
    Problem refused(Call call) throws JsonProcessingException {
        ApiException refusal = Assertions.catchThrowableOfType(ApiException.class, call::make);
        return client.getObjectMapper().readValue(refusal.getResponseBody(), Problem.class);
    }

    /** One call of it. */
    @FunctionalInterface
    interface Call {

        void make() throws ApiException;
    }
}
