package io.inquest.dump;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes what a library has to tell beside its answer: one sentence each, for the user.
@FunctionalInterface
public interface Warnings {

    /// For callers that have nobody to tell.
    Warnings NONE = sentence -> {};

    void warn(String sentence);

    /// Tells each sentence once, however often it comes.
    default Warnings once() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        return sentence -> {
            if (told.add(sentence)) {
                warn(sentence);
            }
        };
    }
}
