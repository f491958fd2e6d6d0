package io.inquest.dump;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Takes what a library has to tell beside its answer: one sentence each, for the user.
@FunctionalInterface
public interface Warnings {

    /// For callers that have nobody to tell. A class, as below: an AOT cache does not keep the lambdas of an interface.
    Warnings NONE = new Warnings() {
        @Override
        public void warn(String sentence) {}
    };

    void warn(String sentence);

    /// Tells each sentence once, however often it comes.
    default Warnings once() {
        Set<String> told = ConcurrentHashMap.newKeySet();
        Warnings all = this;
        return new Warnings() {
            @Override
            public void warn(String sentence) {
                if (told.add(sentence)) {
                    all.warn(sentence);
                }
            }
        };
    }
}
