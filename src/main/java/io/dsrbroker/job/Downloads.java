package io.dsrbroker.job;

import io.dsrbroker.shared.JobId;
import java.util.Map;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Remembers who received which bytes of a package. */
@Service
public class Downloads {

    private final LockedJobs jobs;

    Downloads(LockedJobs jobs) {
        this.jobs = jobs;
    }

    /**
     * Bytes are about to be sent; without this they are not.
     *
     * @param sha256 of the whole package
     * @param first offset of the first byte
     * @param last offset of the last byte
     */
    @Transactional
    public void begun(JobId id, Caller caller, String sha256, long first, long last) {
        jobs.tell(
                jobs.get(id),
                caller,
                "package-downloaded",
                Map.of("packageSha256", sha256, "firstByte", first, "lastByte", last));
    }
}
