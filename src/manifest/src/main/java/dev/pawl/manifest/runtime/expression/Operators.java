package dev.pawl.manifest.runtime.expression;

import dev.pawl.manifest.ir.BinaryOperator;
import dev.pawl.manifest.runtime.value.Values;
import dev.pawl.manifest.runtime.value.Values.Comparison;

/** The operators. {@code and}, {@code or} and the conditional leave out the side they do not need. */
final class Operators {
    private Operators() {}

    static Code binary(BinaryOperator operator, Code left, Code right) {
        return switch (operator) {
            case AND, AND_AND -> new And(left, right);
            case OR, OR_OR -> new Or(left, right);
            case ADD -> new Add(left, right);
            case SUBTRACT, MULTIPLY, DIVIDE, REMAINDER -> new Arithmetic(operator, left, right);
            case EQUAL, IS -> new Equal(left, right, true);
            case NOT_EQUAL -> new Equal(left, right, false);
            case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL -> new Compare(operator, left, right);
            case IN -> new Contains(right, left);
            case CONTAINS -> new Contains(left, right);
        };
    }

    private static final class And extends Code {
        private final Code left;
        private final Code right;

        And(Code left, Code right) {
            this.left = left;
            this.right = right;
        }

        @Override
        Object compute(Frame frame) {
            return Values.truthy(left.value(frame)) && Values.truthy(right.value(frame));
        }
    }

    private static final class Or extends Code {
        private final Code left;
        private final Code right;

        Or(Code left, Code right) {
            this.left = left;
            this.right = right;
        }

        @Override
        Object compute(Frame frame) {
            return Values.truthy(left.value(frame)) || Values.truthy(right.value(frame));
        }
    }

    private static final class Add extends Code {
        private final Code left;
        private final Code right;

        Add(Code left, Code right) {
            this.left = left;
            this.right = right;
        }

        @Override
        Object compute(Frame frame) {
            return Values.add(left.value(frame), right.value(frame));
        }
    }

    private static final class Arithmetic extends Code {
        private final BinaryOperator operator;
        private final Code left;
        private final Code right;

        Arithmetic(BinaryOperator operator, Code left, Code right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        Object compute(Frame frame) {
            double a = Values.toNumber(left.value(frame));
            double b = Values.toNumber(right.value(frame));
            return switch (operator) {
                case SUBTRACT -> a - b;
                case MULTIPLY -> a * b;
                case DIVIDE -> a / b;
                default -> a % b;
            };
        }
    }

    private static final class Equal extends Code {
        private final Code left;
        private final Code right;
        private final boolean expected;

        Equal(Code left, Code right, boolean expected) {
            this.left = left;
            this.right = right;
            this.expected = expected;
        }

        @Override
        Object compute(Frame frame) {
            return Values.looselyEqual(left.value(frame), right.value(frame)) == expected;
        }
    }

    private static final class Compare extends Code {
        private final BinaryOperator operator;
        private final Code left;
        private final Code right;

        Compare(BinaryOperator operator, Code left, Code right) {
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        Object compute(Frame frame) {
            Comparison order = Values.compare(left.value(frame), right.value(frame));
            return switch (operator) {
                case LESS -> order == Comparison.LESS;
                case GREATER -> order == Comparison.GREATER;
                case LESS_OR_EQUAL -> order == Comparison.LESS || order == Comparison.EQUAL;
                default -> order == Comparison.GREATER || order == Comparison.EQUAL;
            };
        }
    }

    private static final class Contains extends Code {
        private final Code container;
        private final Code member;

        Contains(Code container, Code member) {
            this.container = container;
            this.member = member;
        }

        @Override
        Object compute(Frame frame) {
            return Values.contains(container.value(frame), member.value(frame));
        }
    }

    static final class Not extends Code {
        private final Code operand;

        Not(Code operand) {
            this.operand = operand;
        }

        @Override
        Object compute(Frame frame) {
            return !Values.truthy(operand.value(frame));
        }
    }

    static final class Negate extends Code {
        private final Code operand;

        Negate(Code operand) {
            this.operand = operand;
        }

        @Override
        Object compute(Frame frame) {
            return -Values.toNumber(operand.value(frame));
        }
    }

    static final class Conditional extends Code {
        private final Code condition;
        private final Code consequent;
        private final Code alternate;

        Conditional(Code condition, Code consequent, Code alternate) {
            this.condition = condition;
            this.consequent = consequent;
            this.alternate = alternate;
        }

        @Override
        Object compute(Frame frame) {
            return Values.truthy(condition.value(frame)) ? consequent.value(frame) : alternate.value(frame);
        }
    }
}
