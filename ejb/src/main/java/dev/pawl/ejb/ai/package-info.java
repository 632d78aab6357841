/**
 * The models of artificial intelligence that this application has: those of the settings, those that are beans, and the
 * adapters that lead to them. Read {@link dev.pawl.ejb.ai.AiAssembly} first.
 */
@NullMarked
package dev.pawl.ejb.ai;

import org.jspecify.annotations.NullMarked;
