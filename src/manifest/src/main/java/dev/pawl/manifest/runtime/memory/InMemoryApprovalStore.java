package dev.pawl.manifest.runtime.memory;

import dev.pawl.manifest.ir.Approval;
import dev.pawl.manifest.runtime.port.ApprovalRequest;
import dev.pawl.manifest.runtime.port.ApprovalStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Requests by id. */
final class InMemoryApprovalStore implements ApprovalStore {
    private final NavigableMap<String, ApprovalRequest> requests = new TreeMap<>();
    private final UndoLog undo;

    InMemoryApprovalStore(UndoLog undo) {
        this.undo = undo;
    }

    @Override
    public Optional<ApprovalRequest> open(ApprovalRequest.Subject subject) {
        return requests.values().stream()
                .filter(request -> request.isOpen() && request.subject().equals(subject))
                .findFirst();
    }

    @Override
    public Optional<ApprovalRequest> lock(String id) {
        return find(id);
    }

    @Override
    public Optional<ApprovalRequest> find(String id) {
        return Optional.ofNullable(requests.get(id));
    }

    @Override
    public boolean insert(ApprovalRequest request) {
        if (open(request.subject()).isPresent()) {
            return false;
        }
        requests.put(request.id(), request);
        undo.add(() -> requests.remove(request.id()));
        return true;
    }

    @Override
    public void update(ApprovalRequest request) {
        ApprovalRequest before = requests.replace(request.id(), request);
        if (before == null) {
            throw new IllegalArgumentException("There is no request for approval '" + request.id() + "'");
        }
        undo.add(() -> requests.put(before.id(), before));
    }

    @Override
    public List<ApprovalRequest> list(Wanted wanted) {
        return (wanted.after() == null ? requests : requests.tailMap(wanted.after(), false))
                .values().stream()
                        .filter(request -> request.subject().instance().tenant().equals(wanted.tenant())
                                && (wanted.status() == null || request.status() == wanted.status())
                                && (wanted.entity() == null
                                        || request.subject().instance().entity().equals(wanted.entity()))
                                && (wanted.instanceId() == null
                                        || request.subject().instance().id().equals(wanted.instanceId())))
                        .limit(wanted.limit())
                        .toList();
    }

    @Override
    public int removeClosed(Instant before, int most) {
        List<ApprovalRequest> old = requests.values().stream()
                .filter(request -> !request.isOpen() && request.closedAt().isBefore(before))
                .limit(most)
                .toList();
        old.forEach(request -> {
            requests.remove(request.id());
            undo.add(() -> requests.put(request.id(), request));
        });
        return old.size();
    }

    @Override
    public List<String> due(Instant now, int limit) {
        return requests.values().stream()
                .filter(request -> request.status() == Approval.Status.PENDING
                        && request.expiresAt() != null
                        && !request.expiresAt().isAfter(now))
                .sorted(Comparator.comparing(ApprovalRequest::expiresAt))
                .limit(limit)
                .map(ApprovalRequest::id)
                .toList();
    }
}
