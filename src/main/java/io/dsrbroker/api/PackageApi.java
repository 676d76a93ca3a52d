package io.dsrbroker.api;

import io.dsrbroker.export.Packages;
import io.dsrbroker.export.Packages.Availability;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.Downloads;
import io.dsrbroker.shared.JobId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.headers.Header;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The download of the package. */
@Tag(name = "Package", description = "Download what the subject receives.")
@RestController
class PackageApi {

    private final Packages packages;
    private final Downloads downloads;
    private final ProblemWriter problems;

    PackageApi(Packages packages, Downloads downloads, ProblemWriter problems) {
        this.packages = packages;
        this.downloads = downloads;
        this.problems = problems;
    }

    @Operation(
            operationId = "downloadPackage",
            summary = "Download the package",
            description =
                    "A ZIP; a broken download goes on with Range and If-Range. Who receives which bytes is audited. Scope: dsr.download.")
    @Parameter(
            name = "Range",
            in = ParameterIn.HEADER,
            description = "One range of bytes.",
            example = "bytes=1048576-",
            schema = @Schema(type = "string", maxLength = MaxHeader.BYTES))
    @Parameter(
            name = "If-Range",
            in = ParameterIn.HEADER,
            description =
                    "The ETag or Last-Modified of the download that goes on; all comes anew where it is another's.",
            schema = @Schema(type = "string", maxLength = MaxHeader.BYTES))
    @Parameter(
            name = "If-None-Match",
            in = ParameterIn.HEADER,
            description = "The ETag of an earlier answer.",
            schema = @Schema(type = "string", maxLength = MaxHeader.BYTES))
    @ApiResponse(
            responseCode = "200",
            description = "All of it",
            headers = {
                @Header(
                        name = "ETag",
                        description = "The SHA-256 of the package, in hex and quotes",
                        schema = @Schema(type = "string")),
                @Header(
                        name = "Content-Disposition",
                        description = "The name of the file",
                        schema = @Schema(type = "string"))
            },
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(
            responseCode = "206",
            description = "The range",
            headers =
                    @Header(
                            name = "Content-Range",
                            description = "Which bytes, of how many",
                            schema = @Schema(type = "string")),
            content = @Content(mediaType = "application/zip", schema = @Schema(type = "string", format = "binary")))
    @ApiResponse(responseCode = "304", description = "Nothing has changed", content = @Content)
    @AnswersProblems({
        "invalid-parameter",
        "not-found",
        "no-package",
        "package-not-ready",
        "package-expired",
        "range-not-satisfiable"
    })
    @GetMapping(RequestsApi.PATH + "/{id}/package")
    void download(@PathVariable UUID id, Caller caller, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        JobId job = new JobId(id);
        switch (packages.of(job)) {
            case Availability.Ready ready ->
                new PackageDownload(ready, (first, last) -> downloads.begun(job, caller, ready.sha256(), first, last))
                        .answer(request, response);
            case Availability.NotReady notReady -> throw new PackageNotReady(notReady.stage());
            case Availability.Expired expired -> throw new PackageExpired();
            case Availability.Never never -> throw new NoPackage();
        }
    }

    @org.springframework.web.bind.annotation.ExceptionHandler
    void answer(RangeNotSatisfiable outside, HttpServletResponse response) throws IOException {
        org.springframework.http.HttpHeaders headers = new org.springframework.http.HttpHeaders();
        headers.set("Content-Range", "bytes */" + outside.length());
        problems.write(
                Problem.of(416, "range-not-satisfiable", "Range not satisfiable", "The package has no such bytes.")
                        .with(headers),
                response);
    }
}
