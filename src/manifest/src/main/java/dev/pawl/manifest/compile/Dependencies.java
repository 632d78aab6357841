package dev.pawl.manifest.compile;

import dev.pawl.manifest.ir.Expression;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The names an expression depends on, in the order it mentions them: bare identifiers (functions included, as the
 * published compiler has it) and the properties of the instance; what comes from the caller is no dependency.
 */
final class Dependencies {
    private static final Set<String> INSTANCE = Set.of("self", "this");
    private static final Set<String> CALLER = Set.of("user", "context");

    private final Set<String> names = new LinkedHashSet<>();

    private Dependencies() {}

    static List<String> of(Expression expression) {
        Dependencies dependencies = new Dependencies();
        dependencies.visit(expression);
        return List.copyOf(dependencies.names);
    }

    private void visit(Expression expression) {
        if (expression instanceof Expression.Identifier identifier) {
            if (!INSTANCE.contains(identifier.name()) && !CALLER.contains(identifier.name())) {
                names.add(identifier.name());
            }
        } else if (expression instanceof Expression.Member member) {
            if (member.object() instanceof Expression.Identifier root && INSTANCE.contains(root.name())) {
                names.add(member.property());
            } else {
                visit(member.object());
            }
        } else if (expression instanceof Expression.Binary binary) {
            visit(binary.left());
            visit(binary.right());
        } else if (expression instanceof Expression.Unary unary) {
            visit(unary.operand());
        } else if (expression instanceof Expression.Call call) {
            visit(call.callee());
            call.args().forEach(this::visit);
        } else if (expression instanceof Expression.Conditional conditional) {
            visit(conditional.condition());
            visit(conditional.consequent());
            visit(conditional.alternate());
        } else if (expression instanceof Expression.ArrayLiteral array) {
            array.elements().forEach(this::visit);
        } else if (expression instanceof Expression.ObjectLiteral object) {
            object.properties().forEach(entry -> visit(entry.value()));
        } else if (expression instanceof Expression.Lambda lambda) {
            visit(lambda.body());
        } else if (expression instanceof Expression.Aggregate aggregate) {
            aggregate.predicates().forEach(predicate -> visit(predicate.value()));
        }
    }
}
