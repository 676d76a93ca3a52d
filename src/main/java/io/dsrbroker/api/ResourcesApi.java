package io.dsrbroker.api;

import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.TaskKind;
import io.dsrbroker.job.TaskState;
import io.dsrbroker.job.TaskView;
import io.dsrbroker.job.TaskViews;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The resources of a request, one by one. */
@Tag(name = "Resources", description = "What was found, one by one.")
@RestController
@RequestMapping(path = RequestsApi.PATH + "/{id}/resources", produces = MediaType.APPLICATION_JSON_VALUE)
class ResourcesApi {

    private static final Set<TaskKind> ALL_BUT_DISCOVERIES =
            EnumSet.of(TaskKind.EXPORT, TaskKind.DELETE, TaskKind.MANUAL);

    private final JobViews jobs;
    private final TaskViews tasks;

    ResourcesApi(JobViews jobs, TaskViews tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    @Operation(
            operationId = "listResources",
            summary = "List the resources of a request",
            description = "In an order that does not change while the request is carried out. Scope: dsr.read.")
    @Paged
    @Parameter(
            name = "kind",
            in = ParameterIn.QUERY,
            description = "Only tasks of these kinds; without it EXPORT, DELETE and MANUAL.",
            array = @ArraySchema(schema = @Schema(implementation = TaskKind.class)))
    @Parameter(
            name = "state",
            in = ParameterIn.QUERY,
            description = "Only resources in any of these states.",
            array = @ArraySchema(schema = @Schema(implementation = TaskState.class)))
    @Parameter(
            name = "type",
            in = ParameterIn.QUERY,
            description = "Only resources of this type.",
            example = "run",
            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
    @Parameter(
            name = "target",
            in = ParameterIn.QUERY,
            description = "Only resources in the target of this name.",
            schema = @Schema(type = "string", minLength = 1, maxLength = 255))
    @AnswersProblems({"invalid-parameter", "not-found"})
    @GetMapping
    ResponseEntity<Page<ResourceView>> list(@PathVariable UUID id, HttpServletRequest request) {
        Query query = new Query(request);
        int limit = query.limit();
        TaskViews.Filter filter = new TaskViews.Filter(
                query.choices("kind", TaskKind.class).orElse(ALL_BUT_DISCOVERIES),
                query.choices("state", TaskState.class).orElse(null),
                query.text("type").orElse(null),
                query.text("target").orElse(null));
        UUID after = query.cursor().orElse(null);
        JobId job = jobs.summary(new JobId(id)).id();
        List<TaskView> found = tasks.list(job, filter, after, limit + 1);
        Page<TaskView> page = Page.of(found, limit, task -> task.id().toString());
        return query.answer(
                new Page<>(page.items().stream().map(ResourceView::of).toList(), page.next()));
    }

    @Operation(
            operationId = "getResource",
            summary = "See a resource",
            description = "With everything that was sent and answered, newest last. Scope: dsr.read.")
    @AnswersProblems({"invalid-parameter", "not-found"})
    @GetMapping("/{taskId}")
    ResourceView one(@PathVariable UUID id, @PathVariable UUID taskId) {
        JobId job = jobs.summary(new JobId(id)).id();
        return ResourceView.withHistory(tasks.view(job, taskId));
    }
}
