package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
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

    ClientRequests(Clients clients, RegisteredTargets estate, Requests requests) {
        this.clients = clients;
        this.estate = estate;
        this.requests = requests;
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
        return requests.submit(checked(submission, caller), caller);
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
