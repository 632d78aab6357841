package dev.pawl.jms.command;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.manifest.host.Entities;
import dev.pawl.manifest.ir.Entity;
import dev.pawl.manifest.runtime.Caller;
import dev.pawl.manifest.runtime.CommandCall;
import dev.pawl.manifest.runtime.CommandResult;
import dev.pawl.manifest.runtime.EntityView;
import dev.pawl.manifest.runtime.InstancePage;
import dev.pawl.manifest.runtime.InstanceQuery;
import dev.pawl.manifest.runtime.Refusal;
import dev.pawl.manifest.runtime.RefusalCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes the calls and answers seven, or refuses. */
final class FakeEntities implements Entities {

    final List<CommandCall> calls = new ArrayList<>();

    @Nullable
    RefusalCode refusal;

    @Override
    public CommandResult execute(CommandCall call) {
        calls.add(call);
        return new CommandResult(
                refusal == null ? IntNode.valueOf(7) : MissingNode.getInstance(),
                null,
                refusal == null ? null : Refusal.of(refusal, "no"),
                List.of(),
                List.of(),
                List.of(),
                "flow",
                "c",
                null);
    }

    @Override
    public Optional<Entity> declared(String entity) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Optional<EntityView> get(String entity, String id, Set<String> include, Caller caller) {
        throw new UnsupportedOperationException();
    }

    @Override
    public InstancePage query(InstanceQuery query, Caller caller) {
        throw new UnsupportedOperationException();
    }
}
