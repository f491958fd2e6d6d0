package io.inquest.capture.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.HostKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each directive of kdump.conf, right and wrong.
final class DirectivesTest {

    /// A line that is wrong, and what is said of it.
    private record Wrong(String line, String sentence) {}

    private static final List<Right> RIGHT = List.of(
            new Right("raw /dev/vg/lv_kdump", DirectivesTest::destination, "raw /dev/vg/lv_kdump"),
            new Right("raw PARTUUID=8ac2", DirectivesTest::destination, "raw PARTUUID=8ac2"),
            new Right("ext2 LABEL=crash", DirectivesTest::destination, "ext2 LABEL=crash, path /var/crash"),
            new Right("ext3 UUID=03138356", DirectivesTest::destination, "ext3 UUID=03138356, path /var/crash"),
            new Right("ext4 /dev/vg/lv_kdump", DirectivesTest::destination, "ext4 /dev/vg/lv_kdump, path /var/crash"),
            new Right("ext4 LABEL=\"my crash\"", DirectivesTest::destination, "ext4 LABEL=my crash, path /var/crash"),
            new Right("xfs PARTLABEL=crash", DirectivesTest::destination, "xfs PARTLABEL=crash, path /var/crash"),
            new Right("btrfs UUID=1", DirectivesTest::destination, "btrfs UUID=1, path /var/crash"),
            new Right("minix /dev/mapper/old", DirectivesTest::destination, "minix /dev/mapper/old, path /var/crash"),
            new Right("virtiofs myfs", DirectivesTest::destination, "virtiofs myfs, path /var/crash"),
            new Right(
                    "nfs my.server.com:/export/tmp",
                    DirectivesTest::destination,
                    "nfs my.server.com:/export/tmp, path /var/crash"),
            new Right("nfs [2001:db8::1]:/e/", DirectivesTest::destination, "nfs [2001:db8::1]:/e, path /var/crash"),
            new Right("ssh user@my.server.com", DirectivesTest::destination, "ssh user@my.server.com, path /var/crash"),
            new Right("ssh kdump@2001:db8::1", DirectivesTest::destination, "ssh kdump@2001:db8::1, path /var/crash"),
            new Right(
                    "ssh kdump@[fe80::1%eth0]", DirectivesTest::destination, "ssh kdump@fe80::1%eth0, path /var/crash"),
            new Right("ssh a@realm@host", DirectivesTest::destination, "ssh a@realm@host, path /var/crash"),
            new Right("sshkey /root/.ssh/id", c -> c.network().sshKeys().value(), "[/root/.ssh/id]"),
            new Right(
                    "path /var//crash/./kdump/", DirectivesTest::destination, "running system, path /var/crash/kdump"),
            new Right("path /", DirectivesTest::destination, "running system, path /"),
            new Right(
                    "core_collector makedumpfile -l --message-level 7 -d 31",
                    Right::collector,
                    "makedumpfile -l --message-level 7 -d 31"),
            new Right("core_collector /usr/sbin/makedumpfile -F -c", Right::collector, "makedumpfile -c"),
            new Right("core_collector makedumpfile --config=a-F", Right::collector, "makedumpfile --config=a-F"),
            new Right(
                    "core_collector makedumpfile -c --num-threads 4",
                    Right::collector,
                    "makedumpfile -c --num-threads 4"),
            new Right("core_collector cp --sparse=always", Right::collector, "cp --sparse=always"),
            new Right("kdump_pre /bin/pre", c -> c.actions().pre().value().orElseThrow(), "/bin/pre"),
            new Right("kdump_post /bin/post", c -> c.actions().post().value().orElseThrow(), "/bin/post"),
            new Right(
                    "kdump_emergency /bin/e",
                    c -> c.actions().emergency().value().orElseThrow(),
                    "/bin/e"),
            new Right("extra_bins /bin/lftp /bin/a", c -> c.image().programs().value(), "[/bin/lftp, /bin/a]"),
            new Right("extra_modules gfs2\tbe2iscsi", c -> c.image().modules().value(), "[gfs2, be2iscsi]"),
            new Right("failure_action reboot", DirectivesTest::failure, "reboot"),
            new Right("failure_action halt", DirectivesTest::failure, "halt"),
            new Right("failure_action poweroff", DirectivesTest::failure, "poweroff"),
            new Right("failure_action shell", DirectivesTest::failure, "shell"),
            new Right("failure_action dump_to_rootfs", DirectivesTest::failure, "dump_to_rootfs"),
            new Right("default shell", DirectivesTest::failure, "shell"),
            new Right("final_action reboot", DirectivesTest::success, "REBOOT"),
            new Right("final_action halt", DirectivesTest::success, "HALT"),
            new Right("final_action poweroff", DirectivesTest::success, "POWEROFF"),
            new Right("force_rebuild 1", DirectivesTest::rebuild, "ALWAYS"),
            new Right("force_rebuild 0", DirectivesTest::rebuild, "WHEN_CHANGED"),
            new Right("force_no_rebuild 1", DirectivesTest::rebuild, "NEVER"),
            new Right("force_no_rebuild 0", DirectivesTest::rebuild, "WHEN_CHANGED"),
            new Right(
                    "dracut_args --omit-drivers \"cfg80211 snd\" --add-drivers \"ext2 ext3\"",
                    c -> c.image().dracutArguments().value(),
                    "[--omit-drivers, cfg80211 snd, --add-drivers, ext2 ext3]"),
            new Right(
                    "dracut_args --mount \"192.168.1.1:/share /mnt/test nfs4 defaults\"",
                    DirectivesTest::destination,
                    "mount 192.168.1.1:/share /mnt/test nfs4 defaults, path /var/crash"),
            new Right(
                    "dracut_args -o watchdog --mount='/dev/x /mnt ext4'",
                    DirectivesTest::destination,
                    "mount /dev/x /mnt ext4, path /var/crash"),
            new Right(
                    "fence_kdump_args -p 7410 -f auto -c 0 -i 10",
                    c -> c.actions().fence().arguments().value(),
                    "[-p, 7410, -f, auto, -c, 0, -i, 10]"),
            new Right(
                    "fence_kdump_nodes node1 node2",
                    c -> c.actions().fence().nodes().value(),
                    "[node1, node2]"),
            new Right(
                    "auto_reset_crashkernel yes",
                    c -> c.kernel().autoResetCrashkernel().value(),
                    "true"),
            new Right(
                    "auto_reset_crashkernel no",
                    c -> c.kernel().autoResetCrashkernel().value(),
                    "false"),
            new Right(
                    "net my.server.com:/export/tmp",
                    DirectivesTest::destination,
                    "nfs my.server.com:/export/tmp, path /var/crash"),
            new Right("net user@my.server.com", DirectivesTest::destination, "ssh user@my.server.com, path /var/crash"),
            new Right(
                    "options sata_sil slow=1 x=2",
                    c -> c.kernel().commandLine().moduleOptions().value().orElseThrow(),
                    "sata_sil.slow=1 sata_sil.x=2"),
            new Right("blacklist gfs2 dlm", c -> c.image().excludedModules().value(), "[gfs2, dlm]"),
            new Right("link_delay 60", c -> c.image().linkPatience().value().orElseThrow(), "PT1M"),
            new Right("disk_timeout 180", c -> c.image().diskPatience().value().orElseThrow(), "PT3M"),
            new Right("debug_mem_level 3", c -> c.image().memoryTrace().value(), "3"),
            new Right(
                    "retain count=5 age=30d bytes=20G",
                    c -> c.saving().retention().value(),
                    "Retention[count=OptionalInt[5], bytes=OptionalLong[21474836480], age=Optional[PT720H]]"),
            new Right(
                    "retain bytes=512",
                    c -> c.saving().retention().value().bytes().orElseThrow(),
                    "512"),
            new Right("report first", c -> c.saving().report().value(), "FIRST"),
            new Right("report after", c -> c.saving().report().value(), "AFTER"),
            new Right("report no", c -> c.saving().report().value(), "NEVER"),
            new Right("deadline 90s", c -> c.actions().deadline().value().orElseThrow(), "PT1M30S"),
            new Right("deadline 2h", c -> c.actions().deadline().value().orElseThrow(), "PT2H"),
            new Right("deadline no", c -> c.actions().deadline().value(), "Optional.empty"),
            new Right(
                    "host_key my.server.com ssh-ed25519 " + Right.ED25519,
                    c -> ((HostKeys.Pinned) c.network().hostKeys().value()).keys(),
                    "[my.server.com ssh-ed25519 " + Right.ED25519 + "]"),
            new Right("pre_refusal dump", c -> c.actions().preRefusal().value(), "DUMP"),
            new Right("pre_refusal skip", c -> c.actions().preRefusal().value(), "SKIP"));

    private static final String DEVICE_EXPECTED = "it must be a device, such as UUID=…, LABEL=… or /dev/mapper/vg-lv";
    private static final String NFS_EXPECTED = "it must be host:/export, or [address]:/export for an IPv6 address";
    private static final String FAILURE_EXPECTED = "it must be one of reboot, halt, poweroff, shell, dump_to_rootfs";
    private static final String PATH_EXPECTED = "it must be an absolute path without '..'";

    private static final List<Wrong> WRONG = List.of(
            new Wrong("raw sda", "raw is 'sda'; " + DEVICE_EXPECTED),
            new Wrong("raw /dev/../etc/passwd", "raw is '/dev/../etc/passwd'; " + DEVICE_EXPECTED),
            new Wrong("ext2 UUID=", "ext2 is 'UUID='; a name must follow UUID="),
            new Wrong("ext3 /var/crash", "ext3 is '/var/crash'; " + DEVICE_EXPECTED),
            new Wrong("ext4 LABEL=\"\"", "ext4 is 'LABEL=\"\"'; a name must follow LABEL="),
            new Wrong("xfs server:/x", "xfs is 'server:/x'; " + DEVICE_EXPECTED),
            new Wrong("btrfs uuid=1", "btrfs is 'uuid=1'; " + DEVICE_EXPECTED),
            new Wrong("minix a", "minix is 'a'; " + DEVICE_EXPECTED),
            new Wrong("virtiofs a b", "virtiofs is 'a b'; it must be the tag of the share, one word"),
            new Wrong("nfs server", "nfs is 'server'; " + NFS_EXPECTED),
            new Wrong("nfs server:export", "nfs is 'server:export'; " + NFS_EXPECTED),
            new Wrong("nfs :/export", "nfs is ':/export'; " + NFS_EXPECTED),
            new Wrong("nfs -o:/export", "nfs is '-o:/export'; " + NFS_EXPECTED),
            new Wrong("ssh server", "ssh is 'server'; it must be user@host"),
            new Wrong("ssh @server", "ssh is '@server'; it must be user@host"),
            new Wrong("ssh user@", "ssh is 'user@'; it must be user@host"),
            new Wrong("ssh -oProxyCommand=x@server", "ssh is '-oProxyCommand=x@server'; it must be user@host"),
            new Wrong("ssh user@host extra", "ssh is 'user@host extra'; it must be user@host"),
            new Wrong("sshkey id_rsa", "sshkey is 'id_rsa'; " + PATH_EXPECTED),
            new Wrong("path /var/../crash", "path is '/var/../crash'; " + PATH_EXPECTED),
            new Wrong("core_collector", "core_collector has no value"),
            new Wrong("kdump_pre pre.sh", "kdump_pre is 'pre.sh'; " + PATH_EXPECTED),
            new Wrong("kdump_post \"post\"", "kdump_post is 'post'; " + PATH_EXPECTED),
            new Wrong("kdump_emergency e", "kdump_emergency is 'e'; " + PATH_EXPECTED),
            new Wrong("extra_bins /bin/a lftp", "extra_bins names 'lftp'; each must be an absolute path without '..'"),
            new Wrong(
                    "extra_modules /lib/gfs2.ko",
                    "extra_modules names '/lib/gfs2.ko'; a module's name has letters,"
                            + " digits, '_' and '-', and neither folder nor '.ko'"),
            new Wrong("failure_action restart", "failure_action is 'restart'; " + FAILURE_EXPECTED),
            new Wrong("default mount_root_run_init", "default is 'mount_root_run_init'; " + FAILURE_EXPECTED),
            new Wrong("final_action shell", "final_action is 'shell'; it must be one of reboot, halt, poweroff"),
            new Wrong("force_rebuild yes", "force_rebuild is 'yes'; it must be 0 or 1"),
            new Wrong("force_no_rebuild 2", "force_no_rebuild is '2'; it must be 0 or 1"),
            new Wrong("dracut_args --omit \"a", "a quote \" is not closed in: --omit \"a"),
            new Wrong(
                    "dracut_args --mount \"/dev/x /mnt\"",
                    "--mount '/dev/x /mnt' needs a source, a mount point and the"
                            + " file system's type, such as --mount \"192.168.1.1:/share /mnt/test nfs4 defaults\""),
            new Wrong(
                    "dracut_args --mount \"/dev/x mnt ext4\"",
                    "the mount point 'mnt' of --mount must be an absolute path without '..'"),
            new Wrong(
                    "dracut_args --mount \"/dev/x /a ext4\" --mount \"/dev/y /b ext4\"",
                    "dracut_args has --mount twice; it can name one target only"),
            new Wrong("dracut_args --mount", "--mount of dracut_args has no value"),
            new Wrong("fence_kdump_args #x", "fence_kdump_args has no value"),
            new Wrong("fence_kdump_nodes \"\"", "fence_kdump_nodes has no value"),
            new Wrong("auto_reset_crashkernel true", "auto_reset_crashkernel is 'true'; it must be yes or no"),
            new Wrong("net server", "net is 'server'; " + NFS_EXPECTED),
            new Wrong("options sata_sil", "options is 'sata_sil'; it must be a module and at least one option"),
            new Wrong(
                    "blacklist a,b",
                    "blacklist names 'a,b'; a module's name has letters, digits, '_' and '-', and"
                            + " neither folder nor '.ko'"),
            new Wrong("link_delay 1m", "link_delay is '1m'; it must be a number from 0 to 86400"),
            new Wrong("disk_timeout -1", "disk_timeout is '-1'; it must be a number from 0 to 86400"),
            new Wrong("debug_mem_level 4", "debug_mem_level is '4'; it must be a number from 0 to 3"),
            new Wrong(
                    "retain 5",
                    "retain has '5'; its limits are count=N, bytes=N (with K, M, G or T) and age=N with d,"
                            + " w, h, m or s"),
            new Wrong(
                    "retain count=0",
                    "count=0 of retain must be a number from 1 to 1000000; the newest complete dump" + " always stays"),
            new Wrong("retain count=1 count=2", "retain has count twice"),
            new Wrong("retain bytes=9999999T", "bytes=9999999T of retain must be a size, such as 500M, 20G or 2T"),
            new Wrong("retain age=30", "age=30 of retain must be a time, such as 12h, 30d or 8w"),
            new Wrong("report last", "report is 'last'; it must be one of first, after, no"),
            new Wrong("deadline 30", "deadline is '30'; it must be a time, such as 90s, 45m or 2h, or no"),
            new Wrong("deadline 0s", "deadline is '0s'; it must be a time, such as 90s, 45m or 2h, or no"),
            new Wrong(
                    "host_key " + Right.ED25519,
                    "host_key has 1 words; it must be a host, the key's type and the key, as"
                            + " ssh-keyscan prints them"),
            new Wrong(
                    "host_key h ssh-rsa " + Right.ED25519,
                    "the key is none of type 'ssh-rsa'; copy type and key whole from:" + " ssh-keyscan HOST"),
            new Wrong(
                    "host_key h ssh-ed25519 AAAAC3",
                    "the key is none of type 'ssh-ed25519'; copy type and key whole" + " from: ssh-keyscan HOST"),
            new Wrong(
                    "host_key h ssh-ed25519 !",
                    "the key of ssh-ed25519 is not base64; copy type and key whole from:" + " ssh-keyscan HOST"),
            new Wrong(
                    "host_key |1|x|y ssh-ed25519 " + Right.ED25519,
                    "host_key is for '|1|x|y', which can be no host's name; hashed names are of no use here"),
            new Wrong("pre_refusal no", "pre_refusal is 'no'; it must be dump or skip"));

    private static Object destination(Configuration configuration) {
        return configuration.saving().destinations().getFirst();
    }

    private static Object failure(Configuration configuration) {
        return configuration.actions().failure().value();
    }

    private static Object success(Configuration configuration) {
        return configuration.actions().success().value();
    }

    private static Object rebuild(Configuration configuration) {
        return configuration.image().rebuild().value();
    }

    @TestFactory
    List<DynamicTest> whatIsRightIsTakenForWhatItMeans() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Right right : RIGHT) {
            tests.add(right.test(right.line(), right.line()));
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> whatIsWrongIsToldWithWhatWouldBeRight() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Wrong wrong : WRONG) {
            tests.add(DynamicTest.dynamicTest(
                    wrong.line(),
                    () -> assertThat(Read.errors("# first\n" + wrong.line() + "\n"))
                            .containsExactly("kdump.conf:2: " + wrong.sentence())));
        }
        return tests;
    }

    @Test
    void eachDirectiveIsInBothTables() {
        Set<Directive> right = EnumSet.noneOf(Directive.class);
        RIGHT.forEach(line -> right.add(directive(line.line())));
        Set<Directive> wrong = EnumSet.noneOf(Directive.class);
        WRONG.forEach(line -> wrong.add(directive(line.line())));
        assertThat(right).isEqualTo(EnumSet.allOf(Directive.class));
        assertThat(wrong).isEqualTo(EnumSet.allOf(Directive.class));
    }

    /// The reference has all that is read.
    @Test
    void eachNameIsDocumented() throws IOException {
        String reference = Files.readString(Path.of("../docs/kdump-conf.md"));
        for (String directive : Directive.keywords()) {
            assertThat(reference).containsPattern("`" + directive + "[` ]");
        }
        for (Dialect dialect : Dialect.values()) {
            for (String variable : dialect.names()) {
                assertThat(reference).contains("`" + variable + "`");
            }
        }
    }

    private static Directive directive(String line) {
        return Directive.of(line.split(" ", 2)[0]).orElseThrow();
    }

    @Test
    void eachDirectiveRemembersItsLine() {
        for (Right right : RIGHT) {
            if (directive(right.line()).isTarget()) {
                assertThat(first("\n\n" + right.line()).target().origin()).hasToString("kdump.conf:3");
            }
        }
        assertThat(first("\npath /x").path().origin()).hasToString("kdump.conf:2");
        assertThat(first("").path().isDefault()).isTrue();
        assertThat(first("").target().isDefault()).isTrue();
    }

    private static Destination first(String text) {
        return Read.valid(text).saving().destinations().getFirst();
    }
}
