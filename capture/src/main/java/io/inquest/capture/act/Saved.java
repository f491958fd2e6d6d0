package io.inquest.capture.act;

import io.inquest.capture.collect.Collected;
import io.inquest.capture.storage.SavedFile;
import java.util.ArrayList;
import java.util.List;

/// What is on a target so far.
final class Saved {

    private final List<SavedFile> files = new ArrayList<>();
    private final List<String> lacks = new ArrayList<>();
    private Collected dump = Collected.nothing("", "it was not tried");

    void add(SavedFile file) {
        files.add(file);
    }

    /// Something that was to be there is not.
    void lacks(String sentence) {
        lacks.add(sentence);
    }

    void dump(Collected collected) {
        dump = collected;
        collected.file().ifPresent(files::add);
        if (!collected.isComplete()) {
            lacks.add("the dump: " + collected.reason());
        }
    }

    List<SavedFile> files() {
        return files;
    }

    List<String> lacks() {
        return lacks;
    }

    Collected dump() {
        return dump;
    }

    Ending ending() {
        return files.isEmpty() ? Ending.NOTHING : lacks.isEmpty() ? Ending.ALL : Ending.SOME;
    }
}
