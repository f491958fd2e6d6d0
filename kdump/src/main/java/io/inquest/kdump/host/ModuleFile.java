package io.inquest.kdump.host;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/// A kernel module in its file, as distributions pack it.
///
/// @param name as the kernel calls it
public record ModuleFile(String name, Path file) {

    /// As finit_module(2) takes it from any kernel.
    public byte[] unpacked() throws IOException {
        byte[] bytes = Inputs.bytes(file);
        String suffix = file.toString().substring(file.toString().lastIndexOf('.') + 1);
        return switch (suffix) {
            case "xz" -> new HostProgram("xz", "-dc").filter(bytes);
            case "zst" -> new HostProgram("zstd", "-dcq").filter(bytes);
            case "gz" -> new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            default -> bytes;
        };
    }
}
