package io.inquest.capture.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.read.Read;
import org.junit.jupiter.api.Test;

/// The HOWTO's seven examples of `core_collector`, and what lies between them.
final class DumpWritingTest {

    /// As one would type it, with `DIR` for the dump's folder.
    private static String typed(String conf) {
        Configuration configuration = Read.valid(conf);
        DumpWriting writing = DumpWriting.of(
                configuration.saving().collector().value(),
                configuration.saving().destinations().getFirst().target().value());
        String file = "DIR/" + writing.fileName();
        return switch (writing) {
            case DumpWriting.OwnFile(var options) -> "own " + String.join(" ", options) + " > " + file;
            case DumpWriting.OwnStream(var options) -> "own -F " + String.join(" ", options) + " | " + file;
            case DumpWriting.CommandToFile command -> String.join(" ", command.writing(file));
            case DumpWriting.CommandToStream command -> String.join(" ", command.command()) + " | " + file;
            case DumpWriting.RemoteCopy copy -> String.join(" ", copy.writing(file));
            case DumpWriting.Copy _ -> "copy";
            case DumpWriting.Nothing _ -> "nothing";
        };
    }

    @Test
    void copyToFileSystem() {
        assertThat(typed("ext4 UUID=1\ncore_collector cp --sparse=always"))
                .isEqualTo("cp --sparse=always /proc/vmcore DIR/vmcore");
    }

    @Test
    void makedumpfileToFileSystem() {
        assertThat(typed("ext4 UUID=1\ncore_collector makedumpfile -l --message-level 1 -d 31"))
                .isEqualTo("own -l --message-level 1 -d 31 > DIR/vmcore");
    }

    @Test
    void catToRawDevice() {
        assertThat(typed("raw UUID=1\ncore_collector cat")).isEqualTo("cat /proc/vmcore | DIR/vmcore");
    }

    @Test
    void makedumpfileToRawDevice() {
        assertThat(typed("raw UUID=1\ncore_collector makedumpfile -F -l --message-level 1 -d 31"))
                .isEqualTo("own -F -l --message-level 1 -d 31 | DIR/vmcore.flat");
    }

    @Test
    void catToSsh() {
        assertThat(typed("ssh u@h\ncore_collector cat")).isEqualTo("cat /proc/vmcore | DIR/vmcore");
    }

    @Test
    void makedumpfileToSsh() {
        assertThat(typed("ssh u@h\ncore_collector makedumpfile -F -l --message-level 1 -d 31"))
                .isEqualTo("own -F -l --message-level 1 -d 31 | DIR/vmcore.flat");
    }

    @Test
    void scpToSsh() {
        assertThat(typed("ssh u@h\ncore_collector scp")).isEqualTo("scp /proc/vmcore u@h:DIR/vmcore");
        assertThat(typed("ssh u@fe80::1\ncore_collector /usr/bin/scp -q"))
                .isEqualTo("/usr/bin/scp -q /proc/vmcore u@[fe80::1]:DIR/vmcore");
    }

    /// `-F` follows from the target: what one forgot, or has too many, does no harm.
    @Test
    void flatteningFollowsFromTheTarget() {
        assertThat(typed("ext4 UUID=1\ncore_collector makedumpfile -F -c")).isEqualTo("own -c > DIR/vmcore");
        assertThat(typed("ssh u@h\ncore_collector makedumpfile -c")).isEqualTo("own -F -c | DIR/vmcore.flat");
    }

    @Test
    void defaultCollectorSuitsEachTarget() {
        assertThat(typed("nfs a:/b")).isEqualTo("own -l --message-level 7 -d 31 > DIR/vmcore");
        assertThat(typed("ssh u@h")).isEqualTo("own -F -l --message-level 7 -d 31 | DIR/vmcore.flat");
        assertThat(typed("raw UUID=1")).isEqualTo("own -F -l --message-level 7 -d 31 | DIR/vmcore.flat");
    }
}
