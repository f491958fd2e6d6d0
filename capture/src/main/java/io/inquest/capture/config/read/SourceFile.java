package io.inquest.capture.config.read;

import io.inquest.dump.io.InputFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A configuration file's name and text.
///
/// @param name as messages are to show it
public record SourceFile(String name, String text) {

    /// Far more than anybody writes; whoever names a dump by mistake is told so at once.
    static final int MOST_BYTES = 1 << 20;

    /// Reads a file, or says in one sentence why it is none of ours.
    public static SourceFile read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + ": is a directory");
        }
        InputFiles.add(file);
        byte[] bytes;
        try (var in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MOST_BYTES + 1);
        }
        if (bytes.length > MOST_BYTES) {
            throw new IOException(file + ": is larger than 1 MiB; this is no file of settings");
        }
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == 0) {
                throw new IOException(file + ": byte " + at + " is 0; this is no file of settings, which are text");
            }
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SourceFile(file.toString(), text);
        } catch (CharacterCodingException notUtf8) {
            throw new IOException(file + ": is not UTF-8; write names in UTF-8 or plain ASCII", notUtf8);
        }
    }
}
