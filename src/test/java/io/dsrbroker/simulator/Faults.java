package io.dsrbroker.simulator;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/** Decides before each request whether something goes wrong with it; the request's status is still 0. */
@FunctionalInterface
public interface Faults {

    /** The fault for this request, if any. */
    Optional<Fault> on(LoggedRequest request);

    /** Nothing goes wrong. */
    static Faults none() {
        return request -> Optional.empty();
    }

    /** The next requests that match get this fault, so many of them. */
    static Faults times(int number, Fault fault, Predicate<LoggedRequest> matches) {
        var left = new AtomicInteger(number);
        return request -> matches.test(request) && left.getAndDecrement() > 0 ? Optional.of(fault) : Optional.empty();
    }

    /** Every request that matches gets this fault. */
    static Faults always(Fault fault, Predicate<LoggedRequest> matches) {
        return request -> matches.test(request) ? Optional.of(fault) : Optional.empty();
    }

    /** These faults, and where they leave a request alone, the others. */
    default Faults or(Faults others) {
        return request -> on(request).or(() -> others.on(request));
    }
}
