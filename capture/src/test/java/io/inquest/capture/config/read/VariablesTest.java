package io.inquest.capture.config.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.inquest.capture.config.Configuration;
import io.inquest.capture.config.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Each variable of the three distributions' files, right and wrong.
final class VariablesTest {

    private static final List<Right> FEDORA = List.of(
            new Right(
                    "KDUMP_KERNELVER=6.12.0-1.x86_64", c -> c.kernel().kernel().value(), "6.12.0-1.x86_64"),
            new Right("KDUMP_KERNELVER=\"\"", c -> c.kernel().kernel().value(), "running"),
            new Right(
                    "KDUMP_COMMANDLINE=\"ro quiet\"",
                    c -> shown(c.kernel().commandLine().base().value()),
                    "ro quiet"),
            new Right(
                    "KDUMP_COMMANDLINE=",
                    c -> shown(c.kernel().commandLine().base().value()),
                    "-"),
            new Right(
                    "KDUMP_COMMANDLINE_REMOVE='a b'",
                    c -> c.kernel().commandLine().remove().value(),
                    "[a, b]"),
            new Right(
                    "KDUMP_COMMANDLINE_APPEND='irqpoll nr_cpus=1'",
                    c -> shown(c.kernel().commandLine().append().value()),
                    "irqpoll nr_cpus=1"),
            new Right(
                    "FADUMP_COMMANDLINE_APPEND='cma=0'",
                    c -> shown(c.kernel().fadumpAppend().value()),
                    "cma=0"),
            new Right("KEXEC_ARGS='-s -d'", c -> c.kernel().kexecArguments().value(), "[-s, -d]"),
            new Right(
                    "KDUMP_BOOTDIR='/boot /mnt'", c -> c.kernel().bootFolders().value(), "[/boot, /mnt]"),
            new Right("KDUMP_BOOTDIR=", c -> c.kernel().bootFolders().value(), "[/boot, /boot/efi, /efi, /]"),
            new Right("KDUMP_IMG=Image", c -> c.kernel().imageName().value(), "Image"),
            new Right("KDUMP_IMG_EXT=.gz", c -> c.kernel().imageSuffix().value(), ".gz"),
            new Right(
                    "VMCORE_CREATION_NOTIFICATION=yes",
                    c -> c.service().testNotice().value(),
                    "true"),
            new Right(
                    "VMCORE_CREATION_NOTIFICATION=''",
                    c -> c.service().testNotice().value(),
                    "false"),
            new Right(
                    "KDUMP_STDLOGLVL=4",
                    c -> c.service().logLevels().standardError().value(),
                    "4"),
            new Right("KDUMP_SYSLOGLVL=3", c -> c.service().logLevels().syslog().value(), "3"),
            new Right(
                    "KDUMP_KMSGLOGLVL=0",
                    c -> c.service().logLevels().kernelLog().value(),
                    "0"));

    private static final List<Right> DEBIAN = List.of(
            new Right("USE_KDUMP=0", c -> c.service().enabled().value(), "false"),
            new Right(
                    "KDUMP_KERNEL=/var/lib/kdump/vmlinuz",
                    c -> c.kernel().kernel().value(),
                    "/var/lib/kdump/vmlinuz"),
            new Right("KDUMP_INITRD=/a", c -> shown(c.kernel().initrd().value()), "/a"),
            new Right("KDUMP_COREDIR=/srv/crash", VariablesTest::all, "[running system, path /srv/crash]"),
            new Right("KDUMP_FAIL_CMD=\"reboot -f\"", c -> c.actions().failure().value(), "reboot"),
            new Right("KDUMP_FAIL_CMD=halt", c -> c.actions().failure().value(), "halt"),
            new Right(
                    "KDUMP_FAIL_CMD=\"sleep 5; reboot -f\"",
                    c -> c.actions().failure().value(),
                    "sleep 5; reboot -f"),
            new Right("KDUMP_DUMP_DMESG=0", c -> c.saving().log().value(), "false"),
            new Right(
                    "KDUMP_NUM_DUMPS=3",
                    c -> c.saving().retention().value().count().getAsInt(),
                    "3"),
            new Right("KDUMP_NUM_DUMPS=0", c -> c.saving().retention().value().count(), "OptionalInt.empty"),
            new Right("KDUMP_COMPRESSION=xz", c -> c.saving().packing().value(), "XZ"),
            new Right("MAKEDUMP_ARGS='-F -l -d 17'", Right::collector, "makedumpfile -l -d 17"),
            new Right("KDUMP_KEXEC_ARGS='-d'", c -> c.kernel().kexecArguments().value(), "[-d]"),
            new Right(
                    "KDUMP_CMDLINE='ro'",
                    c -> shown(c.kernel().commandLine().base().value()),
                    "ro"),
            new Right(
                    "KDUMP_CMDLINE_APPEND='nr_cpus=1'",
                    c -> shown(c.kernel().commandLine().append().value()),
                    "nr_cpus=1"),
            new Right("HOSTTAG=hostname", c -> c.saving().hostTag().value(), "NAME"),
            new Right("HOSTTAG=ip", c -> c.saving().hostTag().value(), "ADDRESS"),
            new Right("NFS=s:/dumps", VariablesTest::all, "[nfs s:/dumps, path /]"),
            new Right(
                    "NFS_TIMEO=300", c -> c.network().nfsTimeoutTenths().value().getAsInt(), "300"),
            new Right(
                    "NFS_RETRANS=2",
                    c -> c.network().nfsRetransmissions().value().getAsInt(),
                    "2"),
            new Right("NFS_MOUNT_RETRY=9", c -> c.network().nfsTries().value().getAsInt(), "9"),
            new Right("FTP=f:/in", VariablesTest::all, "[ftp f, path /in, running system, path /var/crash]"),
            new Right("FTP=f\nFTP_USER=u", VariablesTest::first, "ftp u@f, path /"),
            new Right(
                    "FTP=f\nFTP_USER=u\nFTP_PASSWORD=geheim",
                    c -> ((Target.Ftp) target(c)).password().orElseThrow(),
                    "(hidden)"),
            new Right("FTP=f\nFTP_PORT=2121", VariablesTest::first, "ftp f:2121, path /"),
            new Right("SSH=u@h", VariablesTest::all, "[ssh u@h, path /var/crash, running system, path /var/crash]"),
            new Right("SSH_KEY=/root/k", c -> c.network().sshKeys().value(), "[/root/k]"),
            new Right("SSH_KDUMP_RETRY=5", c -> c.network().sshTries().value().getAsInt(), "5"),
            new Right("KDUMP_CONFIG=/x", VariablesTest::first, "running system, path /var/crash"),
            new Right("KDUMP_KERNEL_HOOK=/x", VariablesTest::first, "running system, path /var/crash"),
            new Right("KDUMP_SYSCTL_FILE=/s", c -> shown(c.image().sysctl().value()), "/s"));

    private static final List<Right> SUSE = List.of(
            new Right(
                    "KDUMP_CRASHKERNEL=auto",
                    c -> shown(c.kernel().crashkernel().value()),
                    "auto"),
            new Right(
                    "KDUMP_UPDATE_BOOTLOADER=false",
                    c -> c.service().updateBootLoader().value(),
                    "false"),
            new Right("KDUMP_KERNELVER=/boot/Image", c -> c.kernel().kernel().value(), "/boot/Image"),
            new Right("KDUMP_CPUS=0", c -> c.kernel().cpus().value().getAsInt(), "0"),
            new Right(
                    "KDUMP_COMMANDLINE=ro",
                    c -> shown(c.kernel().commandLine().base().value()),
                    "ro"),
            new Right(
                    "KDUMP_COMMANDLINE_APPEND=x",
                    c -> shown(c.kernel().commandLine().append().value()),
                    "x"),
            new Right("KDUMP_AUTO_RESIZE=yes", c -> c.service().autoResize().value(), "true"),
            new Right("KDUMP_FADUMP=1", c -> c.service().fadump().value(), "true"),
            new Right("KDUMP_FADUMP_SHELL=no", c -> c.service().fadump().value(), "false"),
            new Right(
                    "FADUMP_COMMANDLINE_APPEND=y",
                    c -> shown(c.kernel().fadumpAppend().value()),
                    "y"),
            new Right("KEXEC_OPTIONS=-a", c -> c.kernel().kexecArguments().value(), "[-a]"),
            new Right("KDUMP_IMMEDIATE_REBOOT=false", c -> c.actions().success().value(), "SHELL"),
            new Right(
                    "KDUMP_TRANSFER='my save'",
                    c -> shown(c.actions().transfer().value()),
                    "my save"),
            new Right("KDUMP_SAVEDIR=/srv", VariablesTest::all, "[running system, path /srv]"),
            new Right("KDUMP_SAVEDIR=file:///srv", VariablesTest::all, "[running system, path /srv]"),
            new Right("KDUMP_SAVEDIR=ftp://u:p@h:21/in", VariablesTest::all, "[ftp u@h:21, path /in]"),
            new Right("KDUMP_SAVEDIR=sftp://u@h/in", VariablesTest::all, "[sftp u@h, path /in]"),
            new Right("KDUMP_SAVEDIR=scp://h:2222/", VariablesTest::all, "[sftp root@h port 2222, path /]"),
            new Right("KDUMP_SAVEDIR=ssh://u:p@[::1]/in", VariablesTest::all, "[ssh u@::1, path /in]"),
            new Right("KDUMP_SAVEDIR=nfs://h/export/x", VariablesTest::all, "[nfs h:/export/x, path /]"),
            new Right("KDUMP_SAVEDIR=cifs://u:p@h/share/a/b", VariablesTest::all, "[cifs //u@h/share, path /a/b]"),
            new Right("KDUMP_SAVEDIR=smb://h/share", VariablesTest::all, "[cifs //h/share, path /]"),
            new Right(
                    "KDUMP_KEEP_OLD_DUMPS=4",
                    c -> c.saving().retention().value().count().getAsInt(),
                    "5"),
            new Right(
                    "KDUMP_KEEP_OLD_DUMPS=0",
                    c -> c.saving().retention().value().count(),
                    "OptionalInt.empty"),
            new Right(
                    "KDUMP_KEEP_OLD_DUMPS=-1",
                    c -> c.saving().retention().value().count().getAsInt(),
                    "1"),
            new Right(
                    "KDUMP_FREE_DISK_SIZE=64",
                    c -> c.saving().spareBytes().value().getAsLong(),
                    "67108864"),
            new Right(
                    "KDUMP_VERBOSE=8",
                    c -> c.service().logLevels().standardError().value(),
                    "4"),
            new Right("KDUMP_DUMPLEVEL=17", Right::collector, "makedumpfile -c -d 17"),
            new Right("KDUMP_DUMPLEVEL=99", Right::collector, "makedumpfile -c -d 0"),
            new Right("KDUMP_DUMPFORMAT=ELF", Right::collector, "makedumpfile -E -d 31"),
            new Right("KDUMP_DUMPFORMAT=lzo", Right::collector, "makedumpfile -l -d 31"),
            new Right("KDUMP_DUMPFORMAT=snappy", Right::collector, "makedumpfile -p -d 31"),
            new Right("KDUMP_DUMPFORMAT=zstd", Right::collector, "makedumpfile -z -d 31"),
            new Right("KDUMP_DUMPFORMAT=raw", Right::collector, "(copy)"),
            new Right("KDUMP_DUMPFORMAT=none", Right::collector, "(log only)"),
            new Right(
                    "KDUMP_CONTINUE_ON_ERROR=false", c -> c.actions().failure().value(), "shell"),
            new Right(
                    "KDUMP_REQUIRED_PROGRAMS='lftp /bin/a'",
                    c -> c.image().programs().value(),
                    "[lftp, /bin/a]"),
            new Right(
                    "KDUMP_PRESCRIPT='/bin/pre x'", c -> shown(c.actions().pre().value()), "/bin/pre x"),
            new Right(
                    "KDUMP_POSTSCRIPT=/bin/post", c -> shown(c.actions().post().value()), "/bin/post"),
            new Right(
                    "KDUMP_NETCONFIG=eth0:dhcp:force",
                    c -> shown(c.network().setUp().value()),
                    "eth0:dhcp:force"),
            new Right("KDUMP_NETCONFIG=auto", c -> shown(c.network().setUp().value()), "-"),
            new Right("KDUMP_NET_TIMEOUT=60", c -> c.network().patience().value(), "PT1M"),
            new Right(
                    "KDUMP_SMTP_SERVER=m",
                    c -> shown(c.service().mail().server().value()),
                    "m"),
            new Right("KDUMP_SMTP_USER=u", c -> shown(c.service().mail().user().value()), "u"),
            new Right(
                    "KDUMP_SMTP_PASSWORD=p",
                    c -> shown(c.service().mail().password().value()),
                    "(hidden)"),
            new Right(
                    "KDUMP_NOTIFICATION_TO=a@b",
                    c -> shown(c.service().mail().to().value()),
                    "a@b"),
            new Right(
                    "KDUMP_NOTIFICATION_CC=c@d",
                    c -> shown(c.service().mail().copyTo().value()),
                    "c@d"),
            new Right("KDUMP_HOST_KEY=*", c -> c.network().hostKeys().value(), "any"),
            new Right(
                    "KDUMP_HOST_KEY='ssh-ed25519 " + Right.ED25519 + "'",
                    c -> c.network().hostKeys().value(),
                    "Pinned[keys=[* ssh-ed25519 " + Right.ED25519 + "]]"),
            new Right(
                    "KDUMP_HOST_KEY=" + Right.ED25519,
                    c -> c.network().hostKeys().value(),
                    "Pinned[keys=[* ssh-ed25519 " + Right.ED25519 + "]]"),
            new Right("KDUMP_SSH_IDENTITY='id_x /k'", c -> c.network().sshKeys().value(), "[/root/.ssh/id_x, /k]"),
            new Right(
                    "MAKEDUMPFILE_OPTIONS='--num-threads 2'",
                    Right::collector,
                    "makedumpfile -c -d 31 --num-threads 2"),
            new Right("KDUMPTOOL_FLAGS=x", VariablesTest::first, "running system, path /var/crash"),
            new Right("KDUMP_COPY_KERNEL=yes", VariablesTest::first, "running system, path /var/crash"));

    /// A line that is wrong, and what is said of it.
    private record Wrong(Dialect dialect, String line, String sentence) {}

    private static final String PATH = "it must be an absolute path without '..'";
    private static final String TRUTH = "it must be true or false";
    private static final String URL =
            "it must be an absolute path, or a URL of file, nfs, ssh, sftp, scp, ftp, cifs or smb"
                    + " such as nfs://host/export";

    private static final List<Wrong> WRONG = List.of(
            new Wrong(
                    Dialect.FEDORA,
                    "KDUMP_KERNELVER='a b'",
                    "KDUMP_KERNELVER is 'a b'; it must be a kernel's release, as uname -r prints it"),
            new Wrong(
                    Dialect.FEDORA,
                    "KDUMP_BOOTDIR=boot",
                    "KDUMP_BOOTDIR names 'boot'; each must be an absolute path without '..'"),
            new Wrong(
                    Dialect.FEDORA,
                    "KDUMP_IMG=/boot/x",
                    "KDUMP_IMG is '/boot/x'; it must be the beginning of a file's name, such as vmlinuz"),
            new Wrong(
                    Dialect.FEDORA,
                    "VMCORE_CREATION_NOTIFICATION=1",
                    "VMCORE_CREATION_NOTIFICATION is '1'; it must be yes or no"),
            new Wrong(Dialect.FEDORA, "KDUMP_STDLOGLVL=5", "KDUMP_STDLOGLVL is '5'; it must be a number from 0 to 4"),
            new Wrong(Dialect.FEDORA, "KDUMP_SYSLOGLVL=x", "KDUMP_SYSLOGLVL is 'x'; it must be a number from 0 to 4"),
            new Wrong(Dialect.FEDORA, "KDUMP_KMSGLOGLVL=", "KDUMP_KMSGLOGLVL is ''; it must be a number from 0 to 4"),
            new Wrong(Dialect.DEBIAN, "USE_KDUMP=yes", "USE_KDUMP is 'yes'; it must be 0 or 1"),
            new Wrong(Dialect.DEBIAN, "KDUMP_KERNEL=vmlinuz", "KDUMP_KERNEL is 'vmlinuz'; " + PATH),
            new Wrong(Dialect.DEBIAN, "KDUMP_INITRD=i", "KDUMP_INITRD is 'i'; " + PATH),
            new Wrong(Dialect.DEBIAN, "KDUMP_COREDIR=crash", "KDUMP_COREDIR is 'crash'; " + PATH),
            new Wrong(Dialect.DEBIAN, "KDUMP_DUMP_DMESG=2", "KDUMP_DUMP_DMESG is '2'; it must be 0 or 1"),
            new Wrong(
                    Dialect.DEBIAN,
                    "KDUMP_NUM_DUMPS=-1",
                    "KDUMP_NUM_DUMPS is '-1'; it must be a number from 0 to 1000000"),
            new Wrong(
                    Dialect.DEBIAN,
                    "KDUMP_COMPRESSION=zip",
                    "KDUMP_COMPRESSION is 'zip'; it must be one of bzip2, gzip, lz4, xz"),
            new Wrong(Dialect.DEBIAN, "HOSTTAG=name", "HOSTTAG is 'name'; it must be ip or hostname"),
            new Wrong(
                    Dialect.DEBIAN,
                    "NFS=server",
                    "NFS is 'server'; it must be host:/export, or [address]:/export for an IPv6 address"),
            new Wrong(Dialect.DEBIAN, "NFS_TIMEO=0", "NFS_TIMEO is '0'; it must be a number from 1 to 10000"),
            new Wrong(Dialect.DEBIAN, "NFS_RETRANS=a", "NFS_RETRANS is 'a'; it must be a number from 1 to 10000"),
            new Wrong(Dialect.DEBIAN, "NFS_MOUNT_RETRY=", "NFS_MOUNT_RETRY is ''; it must be a number from 1 to 10000"),
            new Wrong(Dialect.DEBIAN, "FTP='a b'", "FTP is 'a b'; it must be host or host:path"),
            new Wrong(Dialect.DEBIAN, "FTP_PORT=70000", "FTP_PORT is '70000'; it must be a number from 1 to 65535"),
            new Wrong(Dialect.DEBIAN, "SSH=server", "SSH is 'server'; it must be user@host"),
            new Wrong(Dialect.DEBIAN, "SSH_KEY=id", "SSH_KEY is 'id'; " + PATH),
            new Wrong(
                    Dialect.DEBIAN, "SSH_KDUMP_RETRY=0", "SSH_KDUMP_RETRY is '0'; it must be a number from 1 to 10000"),
            new Wrong(Dialect.DEBIAN, "KDUMP_SYSCTL_FILE=s", "KDUMP_SYSCTL_FILE is 's'; " + PATH),
            new Wrong(Dialect.SUSE, "KDUMP_UPDATE_BOOTLOADER=on", "KDUMP_UPDATE_BOOTLOADER is 'on'; " + TRUTH),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_KERNELVER='a b'",
                    "KDUMP_KERNELVER is 'a b'; it must be a kernel's release, as"
                            + " uname -r prints it, or the absolute path of an image"),
            new Wrong(Dialect.SUSE, "KDUMP_CPUS=many", "KDUMP_CPUS is 'many'; it must be a number from 0 to 65536"),
            new Wrong(Dialect.SUSE, "KDUMP_AUTO_RESIZE=", "KDUMP_AUTO_RESIZE is ''; " + TRUTH),
            new Wrong(Dialect.SUSE, "KDUMP_FADUMP=2", "KDUMP_FADUMP is '2'; " + TRUTH),
            new Wrong(Dialect.SUSE, "KDUMP_FADUMP_SHELL=x", "KDUMP_FADUMP_SHELL is 'x'; " + TRUTH),
            new Wrong(Dialect.SUSE, "KDUMP_IMMEDIATE_REBOOT=x", "KDUMP_IMMEDIATE_REBOOT is 'x'; " + TRUTH),
            new Wrong(Dialect.SUSE, "KDUMP_SAVEDIR=crash", "KDUMP_SAVEDIR is 'crash'; " + URL),
            new Wrong(Dialect.SUSE, "KDUMP_SAVEDIR=http://h/x", "KDUMP_SAVEDIR is 'http://h/x'; " + URL),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_SAVEDIR=ssh://u:geheim@/x",
                    "KDUMP_SAVEDIR is no URL that can be used; " + URL),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_SAVEDIR=ftp://h:x/",
                    "KDUMP_SAVEDIR is 'ftp://h:x/'; its port must be a number" + " from 1 to 65535"),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_SAVEDIR=smb://h/",
                    "KDUMP_SAVEDIR is 'smb://h/'; a share must follow the host"),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_KEEP_OLD_DUMPS=-2",
                    "KDUMP_KEEP_OLD_DUMPS is '-2'; it must be a number from -1 to 1000000"),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_FREE_DISK_SIZE=64M",
                    "KDUMP_FREE_DISK_SIZE is '64M'; it must be a number from 0 to 2147483647"),
            new Wrong(Dialect.SUSE, "KDUMP_VERBOSE=32", "KDUMP_VERBOSE is '32'; it must be a number from 0 to 31"),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_DUMPFORMAT=gzip",
                    "KDUMP_DUMPFORMAT is 'gzip'; it must be one of compressed, none, ELF, lzo, snappy, zstd, raw"),
            new Wrong(Dialect.SUSE, "KDUMP_CONTINUE_ON_ERROR=maybe", "KDUMP_CONTINUE_ON_ERROR is 'maybe'; " + TRUTH),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_NETCONFIG=eth0",
                    "KDUMP_NETCONFIG is 'eth0'; it must be auto or INTERFACE:MODE,"
                            + " where the mode is one of static, dhcp, dhcp4, dhcp6, auto6, and may end in :force"),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_NET_TIMEOUT=1m",
                    "KDUMP_NET_TIMEOUT is '1m'; it must be a number from 0 to 86400"),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_HOST_KEY=AAAA",
                    "the key is none of type ''; copy type and key whole from: ssh-keyscan HOST"),
            new Wrong(
                    Dialect.SUSE,
                    "KDUMP_HOST_KEY='a b c'",
                    "KDUMP_HOST_KEY has 3 words; it must be * or a key, TYPE KEY,"
                            + " as ssh-keyscan prints it behind the host"));

    /// Text that can be anything: there is no wrong value.
    private static final Set<String> ANYTHING = Set.of(
            "KDUMP_COMMANDLINE",
            "KDUMP_COMMANDLINE_REMOVE",
            "KDUMP_COMMANDLINE_APPEND",
            "FADUMP_COMMANDLINE_APPEND",
            "KEXEC_ARGS",
            "KDUMP_IMG_EXT",
            "KDUMP_FAIL_CMD",
            "MAKEDUMP_ARGS",
            "KDUMP_KEXEC_ARGS",
            "KDUMP_CMDLINE",
            "KDUMP_CMDLINE_APPEND",
            "FTP_USER",
            "FTP_PASSWORD",
            "KDUMP_CONFIG",
            "KDUMP_KERNEL_HOOK",
            "KDUMP_CRASHKERNEL",
            "KEXEC_OPTIONS",
            "KDUMP_TRANSFER",
            "KDUMP_DUMPLEVEL",
            "KDUMP_REQUIRED_PROGRAMS",
            "KDUMP_PRESCRIPT",
            "KDUMP_POSTSCRIPT",
            "KDUMP_SMTP_SERVER",
            "KDUMP_SMTP_USER",
            "KDUMP_SMTP_PASSWORD",
            "KDUMP_NOTIFICATION_TO",
            "KDUMP_NOTIFICATION_CC",
            "KDUMP_SSH_IDENTITY",
            "MAKEDUMPFILE_OPTIONS",
            "KDUMPTOOL_FLAGS",
            "KDUMP_COPY_KERNEL");

    /// Lines of the dialect that say nothing of note, in front of another, so that the file is known for whose it is.
    private static String of(Dialect dialect, String line) {
        return switch (dialect) {
            case FEDORA -> "KEXEC_ARGS=\nKDUMP_IMG_EXT=\n" + line;
            case DEBIAN -> "KDUMP_KERNEL_HOOK=\nKDUMP_CONFIG=\n" + line;
            case SUSE -> "KEXEC_OPTIONS=\nKDUMP_SMTP_USER=\n" + line;
        };
    }

    private static Object first(Configuration configuration) {
        return configuration.saving().destinations().getFirst();
    }

    private static Object all(Configuration configuration) {
        return configuration.saving().destinations();
    }

    private static Target target(Configuration configuration) {
        return configuration.saving().destinations().getFirst().target().value();
    }

    private static String shown(Optional<?> value) {
        return value.isPresent() ? value.get().toString() : "-";
    }

    @TestFactory
    List<DynamicTest> whatIsRightIsTakenForWhatItMeans() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Dialect dialect : Dialect.values()) {
            for (Right right : table(dialect)) {
                tests.add(right.test(dialect + " " + right.line(), of(dialect, right.line())));
            }
        }
        return tests;
    }

    @TestFactory
    List<DynamicTest> whatIsWrongIsToldWithWhatWouldBeRight() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Wrong wrong : WRONG) {
            tests.add(DynamicTest.dynamicTest(
                    wrong.dialect() + " " + wrong.line(),
                    () -> assertThat(Read.errors(of(wrong.dialect(), wrong.line())))
                            .containsExactly("kdump.conf:3: " + wrong.sentence())));
        }
        return tests;
    }

    @Test
    void plainShellOfDebianHasNoAppending() {
        assertThat(Read.errors("KDUMP_CMDLINE_APPEND=a\nKDUMP_CMDLINE_APPEND+=\" b\""))
                .containsExactly(
                        "kdump.conf:2: += is bash's, and this file is sourced by a shell that has it not; write:"
                                + " KDUMP_CMDLINE_APPEND=\"$KDUMP_CMDLINE_APPEND …\"");
        assertThat(shown(Read.valid("KEXEC_ARGS=\nKDUMP_COMMANDLINE_APPEND=a\nKDUMP_COMMANDLINE_APPEND+=\" b\"")
                        .kernel()
                        .commandLine()
                        .append()
                        .value()))
                .isEqualTo("a b");
    }

    @Test
    void variablesOfNobodyAreWarnedOf() {
        assertThat(Read.warnings("KDUMP_SAVEDIR=/srv\nKDUMP_DUMPLEVL=1\nMY=2"))
                .containsExactly(
                        "kdump.conf:2: KDUMP_DUMPLEVL is no variable of SUSE's kdump and is not used; did you mean"
                                + " KDUMP_DUMPLEVEL?",
                        "kdump.conf:3: MY is no variable of SUSE's kdump and is not used");
    }

    /// SUSE and kdump-utils have files of the same name.
    @Test
    void filesAreKnownByTheirVariables() {
        assertThat(Read.valid("KDUMP_COMMANDLINE=x\nKDUMP_SAVEDIR=/srv")
                        .network()
                        .patience()
                        .value())
                .hasToString("PT30S");
        assertThat(Read.valid("KDUMP_COMMANDLINE=x\nKDUMP_IMG=vmlinuz")
                        .network()
                        .patience()
                        .value())
                .hasToString("PT10M");
        assertThat(Read.valid("KDUMP_COMMANDLINE=x").network().patience().value())
                .hasToString("PT10M");
    }

    /// What a host of Fedora has: a kdump.conf, and variables beside it.
    @Test
    void severalFilesMakeOneConfiguration() {
        Configuration configuration = Read.valid(ConfigurationReader.read(List.of(
                new SourceFile("kdump.conf", "path /crash\n"),
                new SourceFile("kdump", "KDUMP_COMMANDLINE_REMOVE=\"quiet\"\nKEXEC_ARGS=\"-s\"\n"))));
        assertThat(configuration.saving().destinations()).hasToString("[running system, path /crash]");
        assertThat(configuration.kernel().commandLine().remove().origin()).hasToString("kdump:1");
    }

    @Test
    void defaultsOfDebianAreDebians() {
        Configuration configuration = Read.valid("USE_KDUMP=1");
        assertThat(configuration.saving().collector().value()).hasToString("makedumpfile -c -d 31");
        assertThat(configuration.saving().use().value()).hasToString("ALL");
        assertThat(configuration.network().sshTries().value()).hasValue(16);
    }

    @Test
    void collectorOfSuseComesFromTheVariableThatSaysMost() {
        Configuration configuration = Read.valid("MAKEDUMPFILE_OPTIONS=-D\nKDUMP_DUMPLEVEL=1\nKDUMP_DUMPFORMAT=zstd");
        assertThat(configuration.saving().collector().value()).hasToString("makedumpfile -z -d 1 -D");
        assertThat(configuration.saving().collector().origin()).hasToString("kdump.conf:3");
    }

    @Test
    void passwordsAreNotShown() {
        Configuration configuration = Read.valid("KDUMP_SAVEDIR=ftp://u:geheim@h/x\nKDUMP_SMTP_PASSWORD=geheim");
        assertThat(configuration.toString()).doesNotContain("geheim").contains("(hidden)");
    }

    @Test
    void eachVariableIsInBothTables() {
        for (Dialect dialect : Dialect.values()) {
            Set<String> right = new TreeSet<>();
            for (Right line : table(dialect)) {
                for (String each : line.line().split("\n", -1)) {
                    right.add(name(each));
                }
            }
            assertThat(right).containsExactlyInAnyOrderElementsOf(dialect.names());
            Set<String> wrong = new TreeSet<>(ANYTHING);
            WRONG.stream().filter(line -> line.dialect() == dialect).forEach(line -> wrong.add(name(line.line())));
            assertThat(wrong).containsAll(dialect.names());
        }
    }

    private static String name(String line) {
        return line.substring(0, line.indexOf('='));
    }

    private static List<Right> table(Dialect dialect) {
        return switch (dialect) {
            case FEDORA -> FEDORA;
            case DEBIAN -> DEBIAN;
            case SUSE -> SUSE;
        };
    }
}
