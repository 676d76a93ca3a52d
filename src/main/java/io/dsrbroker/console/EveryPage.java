package io.dsrbroker.console;

import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What every page shows: who is signed in and what they may do, and words for what the broker knows. */
@ControllerAdvice(basePackageClasses = EveryPage.class)
@WithConsole
class EveryPage {

    private final Clock clock;

    EveryPage(Clock clock) {
        this.clock = clock;
    }

    /** Who is signed in, for templates. */
    record Person(String name, boolean approves, boolean operates, boolean downloads, boolean audits) {}

    @ModelAttribute("person")
    @Nullable
    Person signedIn(@Nullable Principal principal) {
        return person(principal);
    }

    static @Nullable Person person(@Nullable Principal principal) {
        return principal instanceof Authentication signedIn && signedIn.getPrincipal() instanceof ConsoleUser user
                ? new Person(
                        user.caller().sub(),
                        user.may("dsr.approve"),
                        user.may("dsr.operate"),
                        user.may("dsr.download"),
                        user.may("dsr.audit"))
                : null;
    }

    @ModelAttribute("words")
    Words words() {
        Instant now = clock.instant();
        return new Words(now);
    }
}
