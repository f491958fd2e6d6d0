package io.inquest.capture.collect;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.journal.Heartbeat;
import io.inquest.capture.journal.ProgressLines;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.dump.io.DelegatingSource;
import io.inquest.dump.io.MemorySource;
import io.inquest.makedumpfile.MadeDump.Ending;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MemoryCopyTest {

    private static final int BYTES = (3 << 20) + 5000;

    private final ProgressLines progress = new ProgressLines(line -> {}, Heartbeat.unwatched(), System::nanoTime);
    private final byte[] memory = new byte[BYTES];

    @TempDir
    private Path folder;

    MemoryCopyTest() {
        byte[] some = new byte[1 << 20];
        new Random(1).nextBytes(some);
        System.arraycopy(some, 0, memory, 0, some.length);
    }

    private MemorySource source() {
        return new MemorySource("memory", memory);
    }

    @Test
    void fileHasTheSameBytesAndHolesForZeros() throws IOException {
        Path file = folder.resolve("vmcore");
        Made made = MemoryCopy.copy(source(), new DumpOutput.ToFile(file), progress);
        assertThat(made.dump().ending()).isEqualTo(Ending.COMPLETE);
        assertThat(file).hasBinaryContent(memory);
    }

    @Test
    void streamHasTheSameBytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(MemoryCopy.copy(source(), new DumpOutput.ToStream(out), progress)
                        .sha256())
                .isPresent();
        assertThat(out.toByteArray()).isEqualTo(memory);
    }

    @Test
    void pageThatCannotBeReadIsZerosAndIsCounted() throws IOException {
        int bad = 5 << 12;
        DelegatingSource troubled = new DelegatingSource(source()) {
            @Override
            public int read(long offset, ByteBuffer target) throws IOException {
                if (offset <= bad && offset + target.remaining() > bad) {
                    throw new IOException("Input/output error");
                }
                return super.read(offset, target);
            }
        };
        Path file = folder.resolve("vmcore");
        Made made = MemoryCopy.copy(troubled, new DumpOutput.ToFile(file), progress);
        assertThat(made.dump().ending()).isEqualTo(Ending.LACKING);
        assertThat(made.dump().reason()).startsWith("1 pages");
        byte[] expected = memory.clone();
        Arrays.fill(expected, bad, bad + 4096, (byte) 0);
        assertThat(Files.readAllBytes(file)).isEqualTo(expected);
    }

    @Test
    void fullTargetIsToldFromOneThatBroke() {
        assertThat(MemoryCopy.copy(source(), new DumpOutput.ToStream(failing("No space left on device")), progress)
                        .dump()
                        .ending())
                .isEqualTo(Ending.FULL);
        assertThat(MemoryCopy.copy(source(), new DumpOutput.ToStream(failing("Input/output error")), progress)
                        .dump()
                        .ending())
                .isEqualTo(Ending.FAILED);
    }

    private static OutputStream failing(String reason) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException(reason);
            }
        };
    }
}
