package io.dsrbroker.api;

import io.dsrbroker.export.Packages;
import io.dsrbroker.export.Packages.Availability;
import io.dsrbroker.shared.JobId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** The download of the package. */
@RestController
class PackageApi {

    private final Packages packages;
    private final ProblemWriter problems;

    PackageApi(Packages packages, ProblemWriter problems) {
        this.packages = packages;
        this.problems = problems;
    }

    @GetMapping(RequestsApi.PATH + "/{id}/package")
    void download(@PathVariable UUID id, HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (packages.of(new JobId(id))) {
            case Availability.Ready ready -> new PackageDownload(ready).answer(request, response);
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
