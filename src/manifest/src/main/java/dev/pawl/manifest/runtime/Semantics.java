package dev.pawl.manifest.runtime;

/** Which rules hold where the published language and this product differ. */
public enum Semantics {
    /**
     * The product's rules: inputs and documents are checked against their types, an override needs a request of the
     * authenticated caller, and write policies guard the implicit create.
     */
    EXTENDED,
    /**
     * The rules of the published conformance suite: undeclared inputs pass, only dates, times and required values are
     * checked, and an override policy that allows the caller applies without being asked.
     */
    PUBLISHED
}
