package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.RequestType;
import io.dsrbroker.job.Stage;
import io.dsrbroker.shared.Digests;
import io.dsrbroker.shared.JobId;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/** Requests: sending them and seeing how far they are. */
@RestController
@RequestMapping(path = RequestsApi.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class RequestsApi {

    static final String PATH = "/api/v1/requests";

    private final Intake intake;
    private final RequestViews views;
    private final JsonMapper json;

    RequestsApi(Intake intake, RequestViews views, JsonMapper json) {
        this.intake = intake;
        this.views = views;
        this.json = json;
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<String> submit(@RequestHeader HttpHeaders headers, @RequestBody byte[] body, Caller caller) {
        IdempotencyKey key = IdempotencyKey.of(headers.getOrEmpty("Idempotency-Key"), caller);
        Accepted accepted = intake.take(key, Body.of(body), caller);
        return ResponseEntity.accepted()
                .location(URI.create(PATH + "/" + accepted.id()))
                .contentType(MediaType.APPLICATION_JSON)
                .body(accepted.body());
    }

    @GetMapping
    ResponseEntity<Page<RequestView>> list(HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        JobViews.Filter filter = new JobViews.Filter(
                query.cursor().orElse(null),
                query.choice("type", RequestType.class).orElse(null),
                query.choice("stage", Stage.class).orElse(null),
                query.choice("status", Stage.Status.class).orElse(null),
                query.text("externalId").orElse(null));
        List<RequestView> found = views.list(filter, limit + 1);
        return query.answer(Page.of(found, limit, view -> view.id().toString()));
    }

    @GetMapping("/{id}")
    ResponseEntity<RequestView> one(@PathVariable UUID id) {
        RequestView view = views.one(new JobId(id));
        return ResponseEntity.ok()
                .eTag(Digests.hex(json.writeValueAsBytes(view)))
                .body(view);
    }
}
