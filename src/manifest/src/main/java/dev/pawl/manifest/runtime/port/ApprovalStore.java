package dev.pawl.manifest.runtime.port;

import dev.pawl.manifest.ir.Approval;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests for approvals. */
public interface ApprovalStore {
    /** The open request under this key, kept from others until the transaction ends. */
    Optional<ApprovalRequest> open(ApprovalRequest.Subject subject);

    /** The request, kept from others until the transaction ends. */
    Optional<ApprovalRequest> lock(String id);

    Optional<ApprovalRequest> find(String id);

    /** Adds a request; false, and nothing happens, when there is an open one of the same subject. */
    boolean insert(ApprovalRequest request);

    /** Replaces a request that this transaction has locked or inserted. */
    void update(ApprovalRequest request);

    /** In the order of their ids. */
    List<ApprovalRequest> list(Wanted wanted);

    /** Ids of pending requests whose time is over, the oldest first. */
    List<String> due(Instant now, int limit);

    /** Removes at most so many requests that were closed before a time, and answers how many. */
    int removeClosed(Instant before, int most);

    /** Which requests; null stands for any. {@code after} is the id to go on behind. */
    record Wanted(
            String tenant,
            Approval.@Nullable Status status,
            @Nullable String entity,
            @Nullable String instanceId,
            @Nullable String after,
            int limit) {}
}
