package dev.pawl.api;

import org.jspecify.annotations.Nullable;

/**
 * What an effect is asked to do.
 *
 * @param id the same however often the effect is tried: what to hand to systems that drop duplicates
 * @param argument the value of the effect's expression: null, a Boolean, Double, String, List or Map
 * @param entity of the instance the command ran on, with its id; absent when it ran on none
 * @param user the id of the authenticated user who ran the command; absent when nobody was
 */
public record EffectCall(
        String id,
        String tenant,
        String name,
        @Nullable Object argument,
        String command,
        @Nullable String entity,
        @Nullable String instanceId,
        @Nullable String user,
        String correlationId) {}
