package io.dsrbroker.api;

import io.dsrbroker.job.ActiveDeleteExists;
import io.dsrbroker.job.Caller;
import io.dsrbroker.job.JobViews;
import io.dsrbroker.job.RegisteredTargets;
import io.dsrbroker.job.Requests;
import io.dsrbroker.job.Submission;
import io.dsrbroker.job.Target;
import io.dsrbroker.shared.JobId;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.stereotype.Component;

/** Passes requests on if their client may have to do with all their targets. */
@Component
class ClientRequests {

    private final Clients clients;
    private final RegisteredTargets estate;
    private final Requests requests;
    private final JobViews jobs;

    ClientRequests(Clients clients, RegisteredTargets estate, Requests requests, JobViews jobs) {
        this.clients = clients;
        this.estate = estate;
        this.requests = requests;
        this.jobs = jobs;
    }

    /**
     * Keeps a request.
     *
     * @throws TargetNotAllowed when not every target is open to the client
     */
    JobId submit(Submission submission, Caller caller) {
        if (!clients.restricted(caller)) {
            return requests.submit(submission, caller);
        }
        try {
            return requests.submit(checked(submission, caller), caller);
        } catch (ActiveDeleteExists conflict) {
            boolean own = conflict.other()
                    .filter(other -> jobs.sentBy(other, Clients.name(caller)))
                    .isPresent();
            throw own ? conflict : ActiveDeleteExists.ofSomebody();
        }
    }

    /** With the estate as it was looked at, so that what is registered meanwhile does not slip in. */
    private Submission checked(Submission submission, Caller caller) {
        List<Target> named = submission.targets();
        if (named != null) {
            TargetNotAllowed.throwIfAny(IntStream.range(0, named.size())
                    .filter(place -> !clients.allows(caller, named.get(place)))
                    .boxed()
                    .toList());
            return submission;
        }
        List<Target> registered = estate.targets();
        if (!registered.stream().allMatch(target -> clients.allows(caller, target))) {
            throw TargetNotAllowed.estate();
        }
        return submission.at(registered);
    }
}
