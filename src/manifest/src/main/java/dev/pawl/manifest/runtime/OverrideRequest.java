package dev.pawl.manifest.runtime;

/** The caller asks to pass a constraint although it fails. Who authorises it is the caller, not a field of the request. */
public record OverrideRequest(String constraintCode, String reason) {}
