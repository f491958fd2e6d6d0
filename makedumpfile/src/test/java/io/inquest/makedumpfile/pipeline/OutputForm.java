package io.inquest.makedumpfile.pipeline;

import java.util.ArrayList;
import java.util.List;

/// The forms of output that trouble is tried on.
enum OutputForm {
    PLAIN("-d0"),
    PLAIN_WITHOUT_ZEROS("-d1"),
    ZLIB("-cd1"),
    LZO("-ld1"),
    SNAPPY("-pd0"),
    ZSTD("-zd1"),
    SHARED("-ld0 --dedup"),
    ELF("-Ed0"),
    ELF_WITHOUT_ZEROS("-Ed1"),
    FLATTENED("-cd1 -F"),
    FLATTENED_ELF("-Ed0 -F"),
    SPLIT("-zd1 --split --splitblock-size 64");

    private static final int PARTS = 3;

    private final String options;

    OutputForm(String options) {
        this.options = options;
    }

    private List<String> words() {
        return List.of(options.split(" ", -1));
    }

    boolean isFlattened() {
        return words().contains("-F");
    }

    boolean isElf() {
        return words().getFirst().startsWith("-E");
    }

    /// The names of the files that are written.
    List<String> files(String name) {
        List<String> files = new ArrayList<>();
        for (int part = 0; part < (this == SPLIT ? PARTS : 1); part++) {
            files.add(name + part);
        }
        return files;
    }

    /// The command line for an input and outputs.
    List<String> commandLine(List<String> more, String input, List<String> outputs) {
        List<String> all = new ArrayList<>(words());
        all.addAll(more);
        all.add(input);
        if (!isFlattened()) {
            all.addAll(outputs);
        }
        return all;
    }
}
