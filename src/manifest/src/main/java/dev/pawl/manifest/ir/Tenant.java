package dev.pawl.manifest.ir;

/** The property that separates tenants, and the context path its value is read from ({@code context.tenantId}). */
public record Tenant(String property, Type type, String contextPath) {}
