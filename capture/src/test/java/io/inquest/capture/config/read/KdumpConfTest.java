package io.inquest.capture.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Configuration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What lines of kdump.conf are, and how they go together.
final class KdumpConfTest {

    private static String path(String text) {
        return Read.valid(text)
                .saving()
                .destinations()
                .getFirst()
                .path()
                .value()
                .text();
    }

    private static List<String> targets(String text) {
        return Read.valid(text).saving().destinations().stream()
                .map(destination -> destination.target().value().toString())
                .toList();
    }

    @Test
    void nothingWrittenIsAllDefaults() {
        Configuration configuration = Read.valid("");
        assertThat(configuration.saving().destinations()).hasSize(1);
        assertThat(configuration.saving().destinations().getFirst()).hasToString("running system, path /var/crash");
        assertThat(configuration.saving().collector().value()).hasToString("makedumpfile -l --message-level 7 -d 31");
        assertThat(configuration.actions().failure().value()).hasToString("reboot");
        assertThat(configuration.network().sshKeys().value()).hasToString("[/root/.ssh/kdump_id_rsa]");
    }

    /// As `kdump_get_conf_val` of kdump-utils reads them: blanks in front, tabs, comments behind, quotes around.
    @Test
    void linesAreReadAsKdumpUtilsReadsThem() {
        assertThat(path("path /a")).isEqualTo("/a");
        assertThat(path("  \t path \t /a \t ")).isEqualTo("/a");
        assertThat(path("path /a # why")).isEqualTo("/a");
        assertThat(path("path /a# why")).isEqualTo("/a");
        assertThat(path("#path /a\n # path /b\n\n   \npath /c")).isEqualTo("/c");
        assertThat(path("path \"/a b\"")).isEqualTo("/a b");
        assertThat(path("path \"/a\" # why")).isEqualTo("/a");
        assertThat(path("path /a b")).isEqualTo("/a b");
    }

    @Test
    void hashInsideOfAValueCutsItAndIsWarnedOf() {
        assertThat(path("path /crash#1")).isEqualTo("/crash");
        assertThat(Read.warnings("path /crash#1"))
                .containsExactly(
                        "kdump.conf:1: a comment begins at every '#', so path is '/crash'; nothing can keep a '#'"
                                + " in a value, and a comment is better set off by a blank");
        assertThat(Read.warnings("path /crash # 1")).isEmpty();
        assertThat(Read.errors("path \"/a#b\""))
                .containsExactly(
                        "kdump.conf:1: the '#' begins a comment, also between quotes, and leaves path with one quote"
                                + " of two; nothing can keep a '#' in a value");
    }

    @Test
    void outerQuotesOfSeveralQuotedWordsStay() {
        assertThat(Read.valid("dracut_args \"--add\" \"a b\"")
                        .image()
                        .dracutArguments()
                        .value())
                .containsExactly("--add", "a b");
    }

    @Test
    void directiveThatStandsTwiceIsRefused() {
        assertThat(Read.errors("path /a\n\npath /a"))
                .containsExactly("kdump.conf:3: path stands a second time, first in line 1; remove one of the two");
        assertThat(Read.errors("failure_action halt\ndefault shell"))
                .containsExactly(
                        "kdump.conf:2: default is the old name of failure_action, which stands in line 1 too; remove"
                                + " one of the two");
        assertThat(Read.errors("default shell\nfailure_action halt"))
                .containsExactly(
                        "kdump.conf:2: failure_action stands a second time, first in line 1; remove one of the two");
    }

    @Test
    void targetsAreAnOrderedList() {
        assertThat(targets("ssh a@b\nnfs s:/e\nraw UUID=1\next4 UUID=2\next4 UUID=3"))
                .containsExactly("ssh a@b", "nfs s:/e", "raw UUID=1", "ext4 UUID=2", "ext4 UUID=3");
        assertThat(Read.errors("ext4 UUID=2\next4 UUID=2"))
                .containsExactly("kdump.conf:2: the target ext4 UUID=2 stands a second time, first at kdump.conf:1");
    }

    @Test
    void mountOfDracutIsTheOnlyTarget() {
        assertThat(Read.errors("nfs s:/e\ndracut_args --mount \"a /b c\""))
                .containsExactly(
                        "kdump.conf:2: --mount of dracut_args names a target beside others; write it as a directive"
                                + " (nfs, ext4, …) to have several");
    }

    @Test
    void unknownDirectiveIsToldWithTheNearest() {
        assertThat(Read.errors("core_colector cp\nkdump_obj all\nx=y\npath=/a\nuser@host\nhost:/export"))
                .containsExactly(
                        "kdump.conf:1: there is no directive core_colector; did you mean core_collector?",
                        "kdump.conf:2: there is no directive kdump_obj",
                        "kdump.conf:3: there is no directive x=y",
                        "kdump.conf:4: between a directive and its value stands a blank: path /a",
                        "kdump.conf:5: a target needs its kind in front: ssh user@host",
                        "kdump.conf:6: a target needs its kind in front: nfs host:/export");
    }

    @Test
    void bothRebuildPoliciesAtOnceAreRefused() {
        assertThat(Read.errors("force_rebuild 1\nforce_no_rebuild 1"))
                .containsExactly(
                        "kdump.conf:2: force_no_rebuild and force_rebuild (line 1) are both 1; only one of them can be");
        assertThat(Read.valid("force_rebuild 1\nforce_no_rebuild 0")
                        .image()
                        .rebuild()
                        .value())
                .hasToString("ALWAYS");
    }

    @Test
    void lineEndsOfWindowsAreToldAsSuch() {
        assertThat(Read.errors("path /a\r\n"))
                .containsExactly(
                        "kdump.conf:1: the line ends in a carriage return, which would become part of its value;"
                                + " remove it from all lines with: sed -i 's/\\r$//' kdump.conf");
    }

    @Test
    void allErrorsAreToldAtOnce() {
        assertThat(Read.errors("pth /a\nnfs x\nretain")).hasSize(3);
    }

    @Test
    void pastDirectivesAreToldWithWhatOneWritesToday() {
        assertThat(Read.warnings("default shell\nnet a@b\noptions m x=1\nblacklist a b\nlink_delay 5\ndisk_timeout 5\n"
                        + "debug_mem_level 2"))
                .containsExactly(
                        "kdump.conf:1: default is the old name of failure_action; write: failure_action shell",
                        "kdump.conf:2: net is no longer a directive of kdump-utils; the same is: ssh a@b",
                        "kdump.conf:3: options is no longer a directive of kdump-utils; the same today:"
                                + " KDUMP_COMMANDLINE_APPEND=\"m.x=1\"",
                        "kdump.conf:4: blacklist is no longer a directive of kdump-utils; the same today:"
                                + " KDUMP_COMMANDLINE_APPEND=rd.driver.blacklist=a,b",
                        "kdump.conf:5: link_delay is no longer a directive of kdump-utils; the same today: the link is waited"
                                + " for anyway",
                        "kdump.conf:6: disk_timeout is no longer a directive of kdump-utils; the same today: disks are waited"
                                + " for anyway",
                        "kdump.conf:7: debug_mem_level is no longer a directive of kdump-utils; the same today:"
                                + " KDUMP_COMMANDLINE_APPEND=rd.memdebug=2");
        assertThat(Read.valid("options a x=1\noptions b y=2")
                        .kernel()
                        .commandLine()
                        .moduleOptions()
                        .value())
                .contains("a.x=1 b.y=2");
    }

    @Test
    void namesThatTheKernelGivesDisksAreWarnedOf() {
        assertThat(Read.warnings("ext4 /dev/sda1"))
                .containsExactly(
                        "kdump.conf:1: /dev/sda1 may be another disk in the capture kernel; UUID=…, LABEL=… or a"
                                + " name under /dev/disk or /dev/mapper stays");
        assertThat(Read.warnings("raw /dev/mapper/vg-lv")).isEmpty();
    }

    @Test
    void relativePathIsReadFromTheRootAndWarnedOf() {
        assertThat(path("ext4 UUID=1\npath crash")).isEqualTo("/crash");
        assertThat(Read.warnings("path crash")).containsExactly("kdump.conf:1: path is relative and read as /crash");
    }

    @Test
    void collectorsThatCannotDoItAreWarnedOf() {
        assertThat(Read.warnings("raw UUID=1\ncore_collector cp --sparse=always"))
                .containsExactly("kdump.conf:2: cp writes a file, and raw UUID=1 is none; cat copies memory there, and"
                        + " makedumpfile makes it smaller on the way");
        assertThat(Read.warnings("ssh a@b\ncore_collector scp")).isEmpty();
        assertThat(Read.warnings("ssh a@b\ncore_collector cat")).isEmpty();
        assertThat(Read.warnings("core_collector cat"))
                .containsExactly(
                        "kdump.conf:1: cat writes to its standard output, and running system takes a file; cp copies"
                                + " memory there");
    }

    /// What would be found when the machine has died otherwise.
    @Test
    void optionsThatMakedumpfileDoesNotTakeAreRefused() {
        assertThat(Read.errors("\ncore_collector makedumpfile -l --mesage-level 7"))
                .containsExactly(
                        "kdump.conf:2: makedumpfile does not take 'makedumpfile -l --mesage-level 7': unrecognized"
                                + " option '--mesage-level'");
        assertThat(Read.errors("core_collector makedumpfile -d 32"))
                .containsExactly(
                        "kdump.conf:1: makedumpfile does not take 'makedumpfile -d 32': Dump_level(32) is invalid.");
        assertThat(Read.errors("USE_KDUMP=1\nMAKEDUMP_ARGS=\"-F -c -d31 --nope\""))
                .singleElement()
                .asString()
                .startsWith("kdump.conf:2: makedumpfile does not take ");
    }

    @Test
    void serverWithoutItsKeyBesideOthersIsRefused() {
        String key = " ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIsXAlXKClpwsFpTqiG1LzYXbPWjTYNwGPFHVW1mxkEd";
        assertThat(Read.errors("ssh a@one\nssh a@two\nhost_key one" + key))
                .containsExactly("kdump.conf:2: host_key pins the keys of others, but none of two; add the line that"
                        + " 'ssh-keyscan two' prints, with host_key in front");
        assertThat(Read.warnings("ssh a@one\nhost_key one" + key + "\nhost_key three" + key))
                .isEmpty();
    }

    @Test
    void everyTruncationAndManyFlipsAreReadOrRefused() {
        String text = """
                # a
                ext4 UUID=1
                ssh u@h
                path "/a b" # c
                dracut_args --omit "a b" -o 'c'
                retain count=5 age=30d
                core_collector makedumpfile -d 31
                """;
        for (int length = 0; length <= text.length(); length++) {
            assertThat(Read.conf(text.substring(0, length)).warnings()).hasSizeLessThan(10);
        }
        Random random = new Random(13);
        for (int round = 0; round < 5000; round++) {
            char[] flipped = text.toCharArray();
            flipped[random.nextInt(flipped.length)] = (char) random.nextInt(128);
            flipped[random.nextInt(flipped.length)] = (char) random.nextInt(128);
            assertThat(Read.conf(new String(flipped)).warnings()).hasSizeLessThan(10);
        }
    }
}
