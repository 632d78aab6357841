/** An approval by several levels, with a time limit. Read {@link dev.pawl.samples.expense.ExpenseApproval} first. */
@NullMarked
package dev.pawl.samples.expense;

import org.jspecify.annotations.NullMarked;
