package io.dsrbroker.api;

import io.dsrbroker.job.ActiveDeleteExists;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.stereotype.Component;

/** Keeps the requests of others out of what restricted clients are told of conflicts, whichever call meets one. */
@Component
class ClientConflicts {

    private final Clients clients;
    private final JobViews jobs;

    ClientConflicts(Clients clients, JobViews jobs) {
        this.clients = clients;
        this.jobs = jobs;
    }

    /** What a call ended with, without the request of another client. */
    Exception asToldTo(HttpServletRequest call, Exception thrown) {
        return thrown instanceof ActiveDeleteExists conflict && !mayKnow(CallerArgument.of(call), conflict)
                ? ActiveDeleteExists.ofSomebody()
                : thrown;
    }

    private boolean mayKnow(Caller caller, ActiveDeleteExists conflict) {
        return !clients.restricted(caller)
                || conflict.other()
                        .filter(other -> jobs.sentBy(other, Clients.name(caller)))
                        .isPresent();
    }
}
