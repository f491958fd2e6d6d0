package io.inquest.makedumpfile.damage;

import io.inquest.dump.Dump;
import io.inquest.dump.Dumps;
import io.inquest.dump.Warnings;
import io.inquest.dump.io.ByteSource;
import io.inquest.dump.split.SplitSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// A dump that is to be damaged, as bytes.
///
/// @param name for the table of results
/// @param origin who wrote it, which decides what damage has to be noticed
/// @param files its bytes: one file, or the parts of a split set
record Specimen(String name, Origin origin, List<byte[]> files) {

    /// Who wrote a dump.
    enum Origin {
        /// Another program: nothing but the structure and the checksums of zlib and zstd tells of damage.
        FOREIGN,
        /// Inquest: checksums cover every byte.
        OURS
    }

    /// What is read in place of a file of the specimen.
    @FunctionalInterface
    interface Sources {
        ByteSource of(int file);
    }

    Dump open(Sources sources, Warnings warnings) throws IOException {
        List<Dump> dumps = new ArrayList<>();
        for (int file = 0; file < files.size(); file++) {
            dumps.add(Dumps.open(sources.of(file), warnings));
        }
        return dumps.size() == 1 ? dumps.getFirst() : SplitSet.of(dumps, warnings);
    }

    String fileName(int file) {
        return files.size() == 1 ? name : name + "." + file;
    }

    long bytes() {
        long bytes = 0;
        for (byte[] file : files) {
            bytes += file.length;
        }
        return bytes;
    }
}
