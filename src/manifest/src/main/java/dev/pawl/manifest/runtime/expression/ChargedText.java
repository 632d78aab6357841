package dev.pawl.manifest.runtime.expression;

/** Text whose reading costs budget, so that a pattern which backtracks for ever ends as any other endless evaluation. */
final class ChargedText implements CharSequence {
    private static final int READS_PER_STEP = 64;

    private final CharSequence text;
    private final Evaluation evaluation;
    private int reads;

    ChargedText(CharSequence text, Evaluation evaluation) {
        this.text = text;
        this.evaluation = evaluation;
    }

    @Override
    public char charAt(int index) {
        if (++reads == READS_PER_STEP) {
            reads = 0;
            evaluation.charge(1);
        }
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new ChargedText(text.subSequence(start, end), evaluation);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
