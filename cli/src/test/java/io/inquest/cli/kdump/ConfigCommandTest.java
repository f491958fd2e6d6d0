package io.inquest.cli.kdump;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.cli.ExitCode;
import io.inquest.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `inquest kdump config`.
final class ConfigCommandTest {

    @TempDir
    Path folder;

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("kdump.conf"), text).toString();
    }

    @Test
    void eachValueIsShownWithWhereItCameFrom() throws IOException {
        String file = file("# ours\nssh kdump@vault\nnfs vault:/dumps\npath /crash\nretain count=3 age=14d\n");
        Ran ran = Ran.inquest("kdump", "config", "--file", file);
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).isEmpty();
        assertThat(ran.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains(
                        "SETTING VALUE FROM",
                        "target 1 ssh kdump@vault " + file + ":2",
                        " path /crash " + file + ":4",
                        " saves to kdump@vault:/crash",
                        "target 2 nfs vault:/dumps " + file + ":3",
                        " saves to vault:/dumps/crash",
                        "retain count=3 age=14d " + file + ":5",
                        "core_collector makedumpfile -l --message-level 7 -d 31 default",
                        "failure_action reboot default");
    }

    @Test
    void jsonHasTheSame() throws IOException {
        Ran ran =
                Ran.inquest("kdump", "config", "--json", "--file", file("ext4 UUID=1\nforce_rebuild 1\nextra_bins /a"));
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out().replaceAll("\\s+", ""))
                .contains(
                        "\"valid\":true",
                        "\"path\":{\"value\":\"/var/crash\",\"from\":null},\"saves_to\":\"UUID=1:/var/crash\"")
                .contains("\"extra_bins\":{\"value\":[\"/a\"],\"from\":{\"file\":\"" + folder.resolve("kdump.conf")
                        + "\",\"line\":3}}")
                .contains("\"deadline\":{\"value\":null,\"from\":null}")
                .contains("\"auto_reset_crashkernel\":{\"value\":true,\"from\":null}");
    }

    @Test
    void errorsAreToldAllAtOnceAndFail() throws IOException {
        String file = file("pth /a\nssh vault\ndefault shell\n");
        Ran ran = Ran.inquest("kdump", "config", "--file", file);
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines())
                .containsExactly(
                        "inquest: " + file + ":1: there is no directive pth; did you mean path?",
                        "inquest: " + file + ":2: ssh is 'vault'; it must be user@host",
                        "inquest: warning: " + file
                                + ":3: default is the old name of failure_action; write: failure_action shell");
    }

    @Test
    void errorsInJsonFailToo() throws IOException {
        Ran ran = Ran.inquest("kdump", "config", "--json", "--file", file("pth /a\n"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.out())
                .contains("\"valid\": false")
                .contains("\"line\": 1")
                .contains("did you mean path?");
    }

    @Test
    void warningsDoNotFail() throws IOException {
        Ran ran = Ran.inquest("kdump", "config", "--file", file("ext4 /dev/sda1\n"));
        assertThat(ran.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(ran.err()).startsWith("inquest: warning: ").contains("may be another disk");
    }

    @Test
    void filesOfEachDistributionAreKnownByWhatTheySay() throws IOException {
        Path sysconfig = Files.writeString(folder.resolve("kdump"), "KDUMP_COMMANDLINE_APPEND=\"irqpoll\"\n");
        Ran ran = Ran.inquest("kdump", "config", "--file", file("path /crash\n"), "--file", sysconfig.toString());
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(ExitCode.OK);
        assertThat(ran.out().lines().map(line -> line.replaceAll(" +", " ")))
                .contains("command_line_append irqpoll " + sysconfig + ":1");
        Path debian = Files.writeString(folder.resolve("kdump-tools"), "USE_KDUMP=$(true)\nSSH=u@h\n");
        assertThat(Ran.inquest("kdump", "config", "--file", debian.toString()).err())
                .isEqualTo("inquest: " + debian
                        + ":1: USE_KDUMP takes the output of a command; this file is read and not run,"
                        + " so write the value itself\n");
    }

    @Test
    void dumpsAndOtherThingsAreNotReadAsConfiguration() throws IOException {
        Path binary = Files.write(folder.resolve("vmcore"), new byte[] {'a', 0, 'b'});
        Ran ran = Ran.inquest("kdump", "config", "--file", binary.toString());
        assertThat(ran.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(ran.err())
                .isEqualTo("inquest: " + binary + ": byte 1 is 0; this is no file of settings, which are text\n");
        assertThat(Ran.inquest("kdump", "config", "--file", folder.toString()).err())
                .isEqualTo("inquest: " + folder + ": is a directory\n");
        Path latin = Files.write(folder.resolve("latin"), new byte[] {'a', (byte) 0xe9});
        assertThat(Ran.inquest("kdump", "config", "--file", latin.toString()).err())
                .isEqualTo("inquest: " + latin + ": is not UTF-8; write names in UTF-8 or plain ASCII\n");
    }

    @Test
    void whatIsWrittenThereCannotCommandTheTerminal() throws IOException {
        assertThat(Ran.inquest("kdump", "config", "--file", file("pa\u001b[2Jth x\n"))
                        .err())
                .doesNotContain("\u001b");
        assertThat(Ran.inquest("kdump", "config", "--file", file("path /a\u001b[2J\n"))
                        .out())
                .doesNotContain("\u001b");
    }
}
