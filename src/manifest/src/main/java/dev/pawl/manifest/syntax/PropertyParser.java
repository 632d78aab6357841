package dev.pawl.manifest.syntax;

import dev.pawl.manifest.ir.ComputedProperty;
import dev.pawl.manifest.ir.MaskStrategy;
import dev.pawl.manifest.ir.Modifier;
import dev.pawl.manifest.ir.Property;
import dev.pawl.manifest.ir.ReferentialAction;
import dev.pawl.manifest.ir.Relationship;
import dev.pawl.manifest.ir.Type;
import dev.pawl.manifest.ir.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads what an entity holds: properties, computed properties and relationships. */
final class PropertyParser {
    private static final Map<String, Modifier> MODIFIERS = byText(Modifier.values(), Modifier::text);
    private static final Map<String, MaskStrategy.Kind> MASKS =
            byText(MaskStrategy.Kind.values(), MaskStrategy.Kind::text);
    private static final Map<String, ReferentialAction> REFERENTIAL =
            byText(ReferentialAction.values(), ReferentialAction::text);
    private static final Map<String, Relationship.Kind> KINDS =
            byText(Relationship.Kind.values(), Relationship.Kind::text);

    private final TokenCursor cursor;
    private final ExpressionParser expressions;
    private final TypeParser types;

    PropertyParser(TokenCursor cursor, ExpressionParser expressions, TypeParser types) {
        this.cursor = cursor;
        this.expressions = expressions;
        this.types = types;
    }

    static <E> Map<String, E> byText(E[] values, Function<E, String> text) {
        return Arrays.stream(values).collect(Collectors.toUnmodifiableMap(text, Function.identity()));
    }

    Ast.Property property() {
        Position at = cursor.here();
        cursor.expectWord("property");
        List<Modifier> modifiers = new ArrayList<>();
        @Nullable MaskStrategy mask = null;
        while (atModifier()) {
            Modifier modifier = MODIFIERS.get(cursor.advance().text());
            if (modifier == Modifier.MASKED) {
                mask = mask();
            }
            add(modifiers, modifier);
        }
        String name = cursor.name("a property name");
        boolean optionalName = cursor.accept("?");
        cursor.expect(":");
        cursor.skipNewlinesIfExtended();
        Type type = types.type();
        trailingModifiers(modifiers);
        @Nullable Value defaultValue = null;
        boolean autoNow = false;
        if (cursor.accept("=")) {
            cursor.skipNewlinesIfExtended();
            ExpressionNode value = expressions.expression();
            autoNow = ConstantReader.isCurrentTime(value.value());
            defaultValue = autoNow ? null : constant(name, value);
            trailingModifiers(modifiers);
        }
        if (mask != null && cursor.atWord("unmask")) {
            cursor.advance();
            cursor.expectWord("when");
            mask = new MaskStrategy(
                    mask.type(), mask.params(), expressions.expression().value());
        }
        if (modifiers.contains(Modifier.MASKED) && mask == null) {
            mask = new MaskStrategy(MaskStrategy.Kind.REDACT, List.of(), null);
        }
        return new Ast.Property(
                new Property(name, optionalName ? type.asNullable() : type, defaultValue, autoNow, modifiers, mask),
                at);
    }

    /** A modifier's word is the property's own name when a colon follows it. */
    private boolean atModifier() {
        Token next = cursor.peek(1);
        return cursor.peek().is(Token.Kind.WORD)
                && MODIFIERS.containsKey(cursor.peek().text())
                && !next.isSymbol(":")
                && !next.isSymbol("?");
    }

    /**
     * Modifiers after the type. The published language reads past them without effect, and its programs rely on that;
     * in the extended grammar they count.
     */
    private void trailingModifiers(List<Modifier> modifiers) {
        while (cursor.peek().is(Token.Kind.WORD)
                && MODIFIERS.containsKey(cursor.peek().text())) {
            Modifier modifier = MODIFIERS.get(cursor.advance().text());
            if (cursor.extended()) {
                add(modifiers, modifier);
            }
        }
    }

    private static void add(List<Modifier> modifiers, Modifier modifier) {
        if (!modifiers.contains(modifier)) {
            modifiers.add(modifier);
        }
    }

    private MaskStrategy mask() {
        MaskStrategy.Kind kind = MaskStrategy.Kind.REDACT;
        List<Double> params = new ArrayList<>();
        if (cursor.accept("(")) {
            kind = oneOf(MASKS, "a mask strategy");
            while (cursor.accept(",")) {
                params.add(cursor.expectNumber("a number"));
            }
            cursor.expect(")");
        }
        return new MaskStrategy(kind, params, null);
    }

    private @Nullable Value constant(String property, ExpressionNode value) {
        Optional<Value> constant = ConstantReader.constant(value.value());
        if (constant.isEmpty()) {
            cursor.report(
                    "Default of property '" + property
                            + "' must be a constant or now(); compute it in a command instead",
                    value.at());
        }
        return constant.orElse(null);
    }

    <E> E oneOf(Map<String, E> known, String what) {
        Token token = cursor.peek();
        E found = token.is(Token.Kind.WORD) || token.is(Token.Kind.STRING) ? known.get(token.text()) : null;
        if (found == null) {
            String choices = known.keySet().stream().sorted().collect(Collectors.joining(", "));
            throw cursor.failure(
                    "Expected " + what + " (" + choices + "), got " + token.text() + "."
                            + Spelling.hint(token.text(), known.keySet()),
                    cursor.position(token));
        }
        cursor.advance();
        return found;
    }

    Ast.Computed computed() {
        Position at = cursor.here();
        cursor.advance();
        String name = cursor.name("a property name");
        @Nullable Type type = null;
        if (!cursor.extended() || cursor.at(":")) {
            cursor.expect(":");
            cursor.skipNewlinesIfExtended();
            type = types.type();
        }
        cursor.expect("=");
        cursor.skipNewlinesIfExtended();
        ExpressionNode expression = expressions.expression();
        return new Ast.Computed(name, type, expression, cache(), at);
    }

    private ComputedProperty.@Nullable Cache cache() {
        if (!cursor.acceptWord("cache")) {
            return null;
        }
        cursor.accept(":");
        ComputedProperty.Strategy strategy =
                oneOf(byText(ComputedProperty.Strategy.values(), ComputedProperty.Strategy::text), "a cache strategy");
        @Nullable Double seconds = null;
        if (cursor.accept("(")) {
            seconds = cursor.expectNumber("seconds");
            cursor.expect(")");
        } else if (cursor.peek().is(Token.Kind.NUMBER)) {
            seconds = cursor.expectNumber("seconds");
        }
        return new ComputedProperty.Cache(strategy, seconds);
    }

    boolean atRelationship() {
        return cursor.peek().is(Token.Kind.WORD)
                && KINDS.containsKey(cursor.peek().text());
    }

    Ast.Related relationship() {
        Position at = cursor.here();
        Relationship.Kind kind = KINDS.get(cursor.advance().text());
        String name = cursor.name("a relationship name");
        cursor.expect(":");
        String target = cursor.reference("an entity");
        Relationship.@Nullable ForeignKey foreignKey = null;
        @Nullable String through = null;
        @Nullable ReferentialAction onDelete = null;
        @Nullable ReferentialAction onUpdate = null;
        while (cursor.peek().is(Token.Kind.WORD)) {
            switch (cursor.peek().text()) {
                case "through" -> {
                    cursor.advance();
                    through = cursor.reference("an entity");
                }
                case "with", "fields", "foreignKey" -> {
                    cursor.advance();
                    foreignKey = foreignKey();
                }
                case "onDelete" -> {
                    cursor.advance();
                    cursor.accept(":");
                    onDelete = oneOf(REFERENTIAL, "a referential action");
                }
                case "onUpdate" -> {
                    cursor.advance();
                    cursor.accept(":");
                    onUpdate = oneOf(REFERENTIAL, "a referential action");
                }
                default -> {
                    return new Ast.Related(name, kind, target, foreignKey, through, onDelete, onUpdate, at);
                }
            }
        }
        return new Ast.Related(name, kind, target, foreignKey, through, onDelete, onUpdate, at);
    }

    private Relationship.ForeignKey foreignKey() {
        cursor.accept(":");
        cursor.acceptWord("fields");
        List<String> fields = columns();
        List<String> references = cursor.acceptWord("references") ? columns() : List.of();
        return new Relationship.ForeignKey(fields, references);
    }

    private List<String> columns() {
        return cursor.at("[") || cursor.at("(")
                ? cursor.referenceList("a column")
                : List.of(cursor.reference("a column"));
    }
}
