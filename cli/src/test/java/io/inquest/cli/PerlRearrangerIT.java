package io.inquest.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.testkit.Samples;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `bin/makedumpfile-R.pl`, for hosts that have Perl and no Java.
final class PerlRearrangerIT {

    private static final Path PROJECT = Launched.project();

    @TempDir
    Path folder;

    @Test
    void makesTheSameFileAsMakedumpfileDoes() throws Exception {
        Launched run = rearrange(Samples.unpack("7.2-d23-flat"), folder.resolve("out"));
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualTo("""
                Start re-arranging dump data of flattened format to a dumpfile.
                The dumpfile is saved to %s.
                Completed.
                """.formatted(folder.resolve("out")));
        byte[] sha256 = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve("out")));
        assertThat(HexFormat.of().formatHex(sha256)).isEqualTo(Samples.recordedChecksum("7.2-d23-flat", "rearranged"));
    }

    @Test
    void anEndBeforeTheEndMarkIsAnErrorAtOnce() throws Exception {
        byte[] stream = flattened(0, "page", -1, "");
        for (int length = 0; length < stream.length; length++) {
            if (length == 32 || length % 512 == 0 || length > 4096) {
                Path cut = Files.write(folder.resolve("cut"), Arrays.copyOf(stream, length));
                Launched run = rearrange(cut, folder.resolve("out"));
                assertThat(run.exitCode()).as("cut at byte " + length).isEqualTo(1);
                assertThat(run.out()).endsWith("Failed.\n");
                assertThat(run.err()).contains("the flattened stream ends within");
            }
        }
    }

    @Test
    void laterRecordsWinAndHolesAreZero() throws Exception {
        byte[] stream = flattened(8192, "behind", 0, "before", 2, "XX", -1, "");
        Launched run = rearrange(Files.write(folder.resolve("in"), stream), folder.resolve("out"));
        assertThat(run.exitCode()).isZero();
        byte[] out = Files.readAllBytes(folder.resolve("out"));
        assertThat(out)
                .hasSize(8198)
                .startsWith("beXXre\0\0".getBytes(StandardCharsets.US_ASCII))
                .endsWith("behind".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void anotherFormatIsRefused() throws Exception {
        Launched run = rearrange(PROJECT.resolve("pom.xml"), folder.resolve("out"));
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("not in makedumpfile's flattened format");
    }

    private Launched rearrange(Path flattened, Path to) throws IOException, InterruptedException {
        String script = PROJECT.resolve("bin/makedumpfile-R.pl").toString();
        return Launched.run(
                folder, "sh", "-c", "exec \"$0\" \"$1\" <\"$2\"", script, to.toString(), flattened.toString());
    }

    /// A flattened stream with records of an offset and a text; an offset of -1 is the end mark.
    private static byte[] flattened(Object... records) {
        int size = 4096;
        for (int i = 0; i < records.length; i += 2) {
            size += 16 + ((String) records[i + 1]).length();
        }
        ByteBuffer stream = ByteBuffer.allocate(size);
        stream.put("makedumpfile\0\0\0\0".getBytes(StandardCharsets.US_ASCII));
        stream.putLong(1).putLong(1).position(4096);
        for (int i = 0; i < records.length; i += 2) {
            int offset = (Integer) records[i];
            byte[] bytes = ((String) records[i + 1]).getBytes(StandardCharsets.US_ASCII);
            stream.putLong(offset).putLong(offset < 0 ? -1 : bytes.length).put(bytes);
        }
        return stream.array();
    }
}
