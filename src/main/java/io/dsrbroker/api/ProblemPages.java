package io.dsrbroker.api;

import io.swagger.v3.oas.annotations.Hidden;
import java.nio.charset.StandardCharsets;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Answers, to anybody, where the types of problems lead. */
@RestController
@Hidden
class ProblemPages {

    private static final MediaType HTML = new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8);

    private final ProblemGuide guide;

    ProblemPages(ProblemGuide guide) {
        this.guide = guide;
    }

    @GetMapping(ProblemPage.PATH)
    ResponseEntity<byte[]> index() {
        return page(ProblemPage.index(guide.all()));
    }

    @GetMapping(ProblemPage.PATH + "/{name}")
    ResponseEntity<byte[]> problem(@PathVariable("name") String name) {
        return page(guide.find(name).map(ProblemPage::of).orElseThrow(NoSuchProblem::new));
    }

    /** The only form there is, whatever is accepted. */
    private static ResponseEntity<byte[]> page(String html) {
        return ResponseEntity.ok().contentType(HTML).body(html.getBytes(StandardCharsets.UTF_8));
    }
}
