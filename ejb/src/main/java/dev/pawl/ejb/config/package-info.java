/** The settings of the engine, read once from MicroProfile Config. */
@NullMarked
package dev.pawl.ejb.config;

import org.jspecify.annotations.NullMarked;
