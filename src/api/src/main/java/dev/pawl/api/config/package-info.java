/**
 * Settings that many stages have in common, as records with defaults and ranges: by themselves the settings of a {@link
 * dev.pawl.api.ConfiguredStage}, or a component of them.
 *
 * <p>Each is checked when a run is created; what is out of range is refused with a pointer such as {@code
 * /config/summarize/ai/temperature}. Read {@link dev.pawl.api.config.StandardConfig} first.
 */
@NullMarked
package dev.pawl.api.config;

import org.jspecify.annotations.NullMarked;
