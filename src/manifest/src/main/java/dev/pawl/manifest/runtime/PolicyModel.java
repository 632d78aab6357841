package dev.pawl.manifest.runtime;

import dev.pawl.manifest.ir.Ir;
import dev.pawl.manifest.ir.Policy;
import dev.pawl.manifest.runtime.expression.ExplainedCode;
import dev.pawl.manifest.runtime.expression.Scope;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy, compiled for the place it guards. */
record PolicyModel(Policy declared, ExplainedCode condition) {
    String denialMessage() {
        return declared.message() != null ? declared.message() : "Denied by policy '" + declared.name() + "'";
    }

    /** The named policies, or, when none are named, the program's policies for these scopes and this entity. */
    static List<PolicyModel> of(
            Ir program, List<String> named, @Nullable String entity, Set<Policy.Scope> scopes, Scope names) {
        return program.policies().stream()
                .filter(policy -> policy.action() != Policy.Scope.OVERRIDE)
                .filter(policy -> named.isEmpty()
                        ? scopes.contains(policy.action())
                                && (policy.entity() == null || policy.entity().equals(entity))
                        : named.contains(policy.name()))
                .map(policy -> new PolicyModel(policy, new ExplainedCode(policy.expression(), names)))
                .toList();
    }
}
