package io.inquest.crash.command.system;

import io.inquest.crash.UsageException;
import io.inquest.dump.DumpException;
import io.inquest.kernel.Kernel;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/// The copy of its own configuration that a kernel may have: gzip, between marks (kernel: `kernel/configs.c`).
///
/// Since 4.21 the symbols `kernel_config_data` and its end enclose the bytes without the marks (13610aa908dc).
final class BuildConfiguration {

    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] START = "IKCFG_ST".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "IKCFG_ED".getBytes(StandardCharsets.US_ASCII);

    private BuildConfiguration() {}

    static String of(Kernel kernel) throws IOException {
        OptionalLong start = kernel.symbols().address("kernel_config_data");
        if (start.isEmpty()) {
            throw new UsageException("the kernel was built without a copy of its configuration (CONFIG_IKCONFIG)");
        }
        OptionalLong end = kernel.symbols().address("kernel_config_data_end");
        long bytes = kernel.symbols().find("kernel_config_data").orElseThrow().bytes();
        long size = end.isPresent() ? end.getAsLong() - start.getAsLong() : bytes;
        if (size <= 0 || size > MOST_BYTES) {
            throw new DumpException(
                    "the kernel's copy of its configuration has an impossible size of " + size + " bytes");
        }
        ByteBuffer packed = ByteBuffer.allocate((int) size);
        kernel.space().read(start.getAsLong(), packed);
        int from = startsWith(packed.array(), START) ? START.length : 0;
        int last = find(packed.array(), END);
        var bytesIn = new ByteArrayInputStream(packed.array(), from, (last < 0 ? packed.capacity() : last) - from);
        try (GZIPInputStream text = new GZIPInputStream(bytesIn)) {
            return new String(text.readNBytes(MOST_BYTES * 8), StandardCharsets.UTF_8);
        } catch (IOException damaged) {
            throw new DumpException(
                    "the kernel's copy of its configuration is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] mark) {
        return java.util.Arrays.mismatch(bytes, mark) == mark.length;
    }

    private static int find(byte[] bytes, byte[] mark) {
        for (int i = 0; i + mark.length <= bytes.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + mark.length, mark, 0, mark.length)) {
                return i;
            }
        }
        return -1;
    }
}
