package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.ir.Expression;
import dev.pawl.manifest.ir.UnaryOperator;
import dev.pawl.manifest.ir.Value;
import dev.pawl.manifest.runtime.value.Absent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns an expression of the IR into {@link Code}, once. Names are looked up here: {@code self}, {@code this},
 * {@code user} and {@code context} first, then lambda parameters, locals and inputs, then what the instance has, then
 * the literals; a name unknown to all of them is looked for among the undeclared inputs and fields when it runs.
 */
public final class ExpressionCompiler {
    private ExpressionCompiler() {}

    public static Code compile(Expression expression, Scope scope) {
        if (expression instanceof Expression.Literal literal) {
            return new Leaves.Constant(constant(literal.value()));
        }
        if (expression instanceof Expression.Identifier identifier) {
            return identifier(identifier.name(), scope);
        }
        if (expression instanceof Expression.Member member) {
            return new Members.MemberAccess(compile(member.object(), scope), member.property());
        }
        if (expression instanceof Expression.Binary binary) {
            return Operators.binary(binary.operator(), compile(binary.left(), scope), compile(binary.right(), scope));
        }
        if (expression instanceof Expression.Unary unary) {
            Code operand = compile(unary.operand(), scope);
            return unary.operator() == UnaryOperator.NEGATE
                    ? new Operators.Negate(operand)
                    : new Operators.Not(operand);
        }
        if (expression instanceof Expression.Call call) {
            return call(call, scope);
        }
        if (expression instanceof Expression.Conditional conditional) {
            return new Operators.Conditional(
                    compile(conditional.condition(), scope),
                    compile(conditional.consequent(), scope),
                    compile(conditional.alternate(), scope));
        }
        if (expression instanceof Expression.ArrayLiteral array) {
            return new Leaves.ListOf(compileAll(array.elements(), scope));
        }
        if (expression instanceof Expression.ObjectLiteral object) {
            return object(object, scope);
        }
        if (expression instanceof Expression.Lambda lambda) {
            return lambda(lambda, scope);
        }
        return aggregate((Expression.Aggregate) expression, scope);
    }

    /** The value of a constant of the IR. */
    public static Object constant(Value value) {
        if (value instanceof Value.Text text) {
            return text.value();
        }
        if (value instanceof Value.Numeric number) {
            return number.value();
        }
        if (value instanceof Value.Bool flag) {
            return flag.value();
        }
        if (value instanceof Value.Sequence sequence) {
            List<Object> list = new ArrayList<>();
            sequence.elements().forEach(element -> list.add(constant(element)));
            return list;
        }
        if (value instanceof Value.Structure structure) {
            Map<String, Object> map = new LinkedHashMap<>();
            structure.properties().forEach((key, part) -> map.put(key, constant(part)));
            return map;
        }
        return Absent.NULL;
    }

    private static Code identifier(String name, Scope scope) {
        switch (name) {
            case "self", "this":
                return new Leaves.Self();
            case "user":
                return new Leaves.User();
            case "context":
                return new Leaves.Context();
            default:
                break;
        }
        Integer slot = scope.slot(name);
        if (slot != null) {
            return new Leaves.Local(slot);
        }
        RecordShape shape = scope.self();
        if (shape != null && isMember(shape, name)) {
            return new Members.OwnMember(name);
        }
        return switch (name) {
            case "true" -> new Leaves.Constant(Boolean.TRUE);
            case "false" -> new Leaves.Constant(Boolean.FALSE);
            case "null" -> new Leaves.Constant(Absent.NULL);
            case "undefined" -> new Leaves.Constant(Absent.UNDEFINED);
            case "input" -> new Leaves.Input();
            default -> new Leaves.Undeclared(name);
        };
    }

    private static boolean isMember(RecordShape shape, String name) {
        return shape.slot(name) >= 0 || shape.computed(name) != null || shape.relationship(name) != null;
    }

    private static Code call(Expression.Call call, Scope scope) {
        Code[] arguments = compileAll(call.args(), scope);
        if (call.callee() instanceof Expression.Identifier identifier) {
            Builtin builtin = Builtins.named(identifier.name());
            if (builtin != null) {
                return new Calls.BuiltinCall(builtin, arguments);
            }
        }
        if (call.callee() instanceof Expression.Member member) {
            Builtin method = Builtins.method(member.property());
            if (method != null) {
                return new Calls.MethodCall(compile(member.object(), scope), method, arguments);
            }
        }
        return new Calls.LambdaCall(compile(call.callee(), scope), arguments);
    }

    private static Code object(Expression.ObjectLiteral object, Scope scope) {
        String[] keys = new String[object.properties().size()];
        Code[] values = new Code[keys.length];
        for (int i = 0; i < keys.length; i++) {
            keys[i] = object.properties().get(i).key();
            values[i] = compile(object.properties().get(i).value(), scope);
        }
        return new Leaves.MapOf(keys, values);
    }

    private static Code lambda(Expression.Lambda lambda, Scope scope) {
        Scope inner = scope.inner(lambda.params());
        int[] parameters = lambda.params().stream().mapToInt(inner::slotOf).toArray();
        return new Calls.LambdaValue(parameters, compile(lambda.body(), inner));
    }

    private static Code aggregate(Expression.Aggregate aggregate, Scope scope) {
        String[] fields = new String[aggregate.predicates().size()];
        Code[] values = new Code[fields.length];
        for (int i = 0; i < fields.length; i++) {
            fields[i] = aggregate.predicates().get(i).field();
            values[i] = compile(aggregate.predicates().get(i).value(), scope);
        }
        return new Calls.RowAggregate(aggregate.entity(), fields, values, aggregate.field());
    }

    private static Code[] compileAll(List<Expression> expressions, Scope scope) {
        Code[] codes = new Code[expressions.size()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = compile(expressions.get(i), scope);
        }
        return codes;
    }
}
