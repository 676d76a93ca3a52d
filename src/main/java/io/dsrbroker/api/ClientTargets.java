package io.dsrbroker.api;

import io.dsrbroker.job.Caller;
import io.dsrbroker.job.RegisteredTargets;
import io.dsrbroker.job.Target;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The registered targets as far as a client may have to do with them; for a restricted one the others are not there. */
@Component
class ClientTargets {

    private final Clients clients;
    private final RegisteredTargets estate;

    ClientTargets(Clients clients, RegisteredTargets estate) {
        this.clients = clients;
        this.estate = estate;
    }

    /** Up to so many whose name comes after this one. */
    List<Target> after(String name, int limit, Caller caller) {
        List<Target> visible = new ArrayList<>();
        String last = name;
        while (true) {
            List<Target> found = estate.after(last, limit);
            found.stream()
                    .filter(target -> clients.allows(caller, target))
                    .limit(limit - visible.size())
                    .forEach(visible::add);
            if (found.size() < limit || visible.size() == limit) {
                return visible;
            }
            last = String.valueOf(found.getLast().name());
        }
    }

    /** The target of this name. */
    Target find(String name, Caller caller) {
        return estate.find(name)
                .filter(target -> clients.allows(caller, target))
                .orElseThrow(NoSuchTarget::new);
    }

    /**
     * Keeps a target under its name. Answers whether it is new.
     *
     * @throws TargetNotAllowed when the client may not have to do with it
     * @throws NoSuchTarget when it would take the place of one that the client may not have to do with
     */
    @Transactional
    public boolean put(String name, Target target, Caller caller) {
        if (!clients.allows(caller, target)) {
            throw TargetNotAllowed.whole();
        }
        lock(name, caller);
        return estate.put(name, target, caller);
    }

    /** Forgets a target. */
    @Transactional
    public void remove(String name, Caller caller) {
        lock(name, caller);
        if (!estate.remove(name, caller)) {
            throw new NoSuchTarget();
        }
    }

    private void lock(String name, Caller caller) {
        if (estate.lock(name).filter(target -> !clients.allows(caller, target)).isPresent()) {
            throw new NoSuchTarget();
        }
    }
}
