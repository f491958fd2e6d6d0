package io.inquest.dump;

/// Takes what a library has to tell beside its answer: one sentence each, for the user.
@FunctionalInterface
public interface Warnings {

    /// For callers that have nobody to tell.
    Warnings NONE = sentence -> {};

    void warn(String sentence);
}
