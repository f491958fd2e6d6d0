package io.inquest.fuzz;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.Reading;
import io.inquest.capture.config.Setting;
import io.inquest.capture.config.read.ConfigurationReader;
import io.inquest.capture.config.read.SourceFile;
import io.inquest.capture.place.Mounts;
import io.inquest.capture.place.Places;
import io.inquest.crash.report.Inquest;
import io.inquest.crash.report.Report;
import io.inquest.crash.report.log.LogLines;
import io.inquest.crash.report.render.ReportHtml;
import io.inquest.crash.report.render.ReportJson;
import io.inquest.crash.report.render.ReportText;
import io.inquest.dump.Warnings;
import io.inquest.kernel.VmcoreInfo;
import io.inquest.makedumpfile.erase.EraseConfig;
import io.inquest.makedumpfile.option.CommandLine;
import io.inquest.makedumpfile.option.Refusal.RefusedException;
import io.inquest.output.JsonWriter;
import io.inquest.output.SafeText;
import io.inquest.testkit.KernelEra;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// Text that others wrote: vmcoreinfo, logs, configurations, command lines; and the writers that make it
/// harmless.
final class TextTargets {

    private static final String OOPS = """
        [    5.100000] BUG: kernel NULL pointer dereference, address: 0000000000000010
        [    5.100010] #PF: supervisor read access in kernel mode
        [    5.100020] Oops: Oops: 0000 [#1] PREEMPT SMP NOPTI
        [    5.100030] CPU: 1 UID: 0 PID: 77 Comm: insmod Tainted: G           OE      6.12.0 #1
        [    5.100040] RIP: 0010:die_here+0x15/0x40 [lab_death]
        [    5.100050] Code: 90 90 90 f3 0f 1e fa 48 8b 05 <48> 8b 40 10 c3
        [    5.100060] RSP: 0018:ffffc90000123d00 EFLAGS: 00010246
        [    5.100070] RAX: 0000000000000000 RBX: ffff888003aa0000 RCX: 0000000000000001
        [    5.100080] Call Trace:
        [    5.100090]  <TASK>
        [    5.100100]  ? __die+0x1f/0x70
        [    5.100110]  do_one_initcall+0x56/0x310
        [    5.100120]  </TASK>
        [    5.100130] Modules linked in: lab_death(OE) ext4
        [    5.200000] Kernel panic - not syncing: Fatal exception
        """;

    private static final String KDUMP_CONF = """
        # a comment
        ext4 UUID=03138356-5e61-4ab3-b58e-27507ac41937
        nfs [2001:db8::1]:/export
        ssh user@host
        path "/var/crash" # behind
        core_collector makedumpfile -F -l --message-level 7 -d 31
        dracut_args --omit "a b" -o 'c'
        retain count=5 bytes=20G age=30d
        host_key host ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIIsXAlXKClpwsFpTqiG1LzYXbPWjTYNwGPFHVW1mxkEd
        default shell
        """;

    private static final String SYSCONFIG = """
        KDUMP_SAVEDIR="sftp://u:p@host:22/crash"   # behind
        KDUMP_DUMPFORMAT='zstd' KDUMP_DUMPLEVEL=31
        KDUMP_COMMANDLINE_APPEND="a ${KDUMP_DUMPLEVEL} \\" b"
        KDUMP_COMMANDLINE_APPEND+=c\\
        d
        KDUMP_HOST_KEY=*
        """;

    private static final String DEFAULTS = """
        USE_KDUMP=1
        FTP=host:/in
        export NFS="host:/export" SSH=user@host
        KDUMP_FAIL_CMD="reboot -f"
        """;

    private static final String MOUNTINFO = """
        25 1 0:30 /root / rw shared:1 - btrfs /dev/vda3 rw,subvolid=256,subvol=/root
        30 25 8:16 / /var rw - xfs /dev/sdb rw
        31 30 8:1 /data /var/crash rw master:1 - ext4 /dev/my\\134disk rw
        """;

    private static final String RULES = """
        [vmlinux]
        erase a.b.c size 4K
        erase x nullify
        for m in list via next within module:list
        erase m.name size m.len
        endfor
        """;

    private TextTargets() {}

    static List<Target> all() {
        return List.of(
                new Target("vmcoreinfo", () -> texts(KernelEra.v6_12().vmcoreinfo()), TextTargets::readVmcoreInfo),
                new Target("report", TextTargets::logs, TextTargets::report).shortInputs(1_000),
                new Target("erase-config", () -> texts(RULES), input -> EraseConfig.parse(text(input), Warnings.NONE))
                        .shortInputs(20_000),
                new Target(
                        "options",
                        () -> texts(
                                "-c\0-d\00031\0/proc/vmcore\0dump", "--split\0-d\0001,31\0in\0a\0b", "-x\0v\0-g\0i"),
                        input -> CommandLine.parse(text(input).split("\0")),
                        Set.of(RefusedException.class)),
                new Target("kdump-conf", () -> texts(KDUMP_CONF, SYSCONFIG, DEFAULTS), TextTargets::configure),
                new Target("mountinfo", () -> texts(MOUNTINFO), TextTargets::place),
                new Target("output", () -> texts("a\u001b[31m\u202e\u0085b", "\ud800\"\\\n"), TextTargets::write));
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static List<byte[]> texts(String... texts) {
        List<byte[]> all = new ArrayList<>();
        for (String text : texts) {
            all.add(text.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    private static void readVmcoreInfo(byte[] input) {
        VmcoreInfo info = VmcoreInfo.parse(new String(input, StandardCharsets.ISO_8859_1));
        info.malformedLines();
        Objects.requireNonNull(info.symbols());
        info.osRelease();
        info.pageSize();
        info.kernelOffset();
        info.crashTime();
        info.size("page");
        info.offset("page.flags");
        info.length("zone.free_area");
        info.number("PG_lru");
    }

    /// A configuration file of any kind; what is valid says where its dumps go.
    private static void configure(byte[] input) {
        Reading reading = ConfigurationReader.read(List.of(new SourceFile("file", text(input))));
        switch (reading) {
            case Reading.Valid valid -> {
                for (Destination destination : valid.configuration().saving().destinations()) {
                    Objects.requireNonNull(
                            Places.of(destination, Mounts.parse(MOUNTINFO)).toString());
                }
            }
            case Reading.Invalid invalid ->
                Objects.requireNonNull(invalid.errors().getFirst().toString());
        }
    }

    private static void place(byte[] input) {
        Mounts mounts = Mounts.parse(text(input));
        for (String path : List.of("/", "/var", "/var/crash/x")) {
            Destination destination = new Destination(
                    Setting.byDefault(new io.inquest.capture.config.Target.RunningSystem()),
                    Setting.byDefault(new AbsolutePath(path)));
            Objects.requireNonNull(Places.of(destination, mounts).toString());
        }
    }

    private static List<byte[]> logs() {
        return texts(
                OOPS,
                "<4>[1.0] watchdog: BUG: soft lockup - CPU#0 stuck for 26s! [cat:12]\n",
                "Out of memory: Killed process 12 (a) total-vm:1kB\nKernel panic - not syncing: System is deadlocked\n",
                "[9.0] INFO: task a:1 blocked for more than 120 seconds.\n[9.1] task:a state:D stack:0 pid:1\n");
    }

    /// The report of a log, in each form; what is shown on a terminal is harmless, and HTML has no tags but
    /// ours.
    private static void report(byte[] input) throws IOException {
        Report report = Inquest.of("log", LogLines.of(text(input)));
        StringBuilder shown = new StringBuilder();
        ReportText.write(report, shown);
        Harmless.check(shown.toString(), "\n\t");
        StringBuilder json = new StringBuilder();
        JsonWriter writer = JsonWriter.compact(json);
        ReportJson.write(report, writer);
        StringBuilder html = new StringBuilder();
        ReportHtml.write(report, html);
        if (html.indexOf("<script") >= 0 || html.indexOf("<img") >= 0) {
            throw new AssertionError("a tag of the log is one of the page");
        }
    }

    /// Any text as a line for a terminal, and as JSON that gives it back.
    private static void write(byte[] input) throws IOException {
        // Sixteen bits a character: lone surrogates too.
        StringBuilder text = new StringBuilder();
        for (int i = 0; i + 1 < input.length; i += 2) {
            text.append((char) ((input[i] & 0xff) << 8 | (input[i + 1] & 0xff)));
        }
        Harmless.check(SafeText.line(text), "");
        Harmless.check(SafeText.lines(text), "\n\t");
        StringBuilder json = new StringBuilder();
        JsonWriter.compact(json).value(text.toString()).endDocument();
        String back = unquoted(json.toString().strip());
        if (!back.equals(text.toString()) && !hasLoneSurrogate(text)) {
            throw new AssertionError("JSON gives " + back.length() + " characters back, not the " + text.length());
        }
    }

    private static boolean hasLoneSurrogate(CharSequence text) {
        return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /// What a JSON string says (RFC 8259, section 7).
    private static String unquoted(String json) {
        if (json.length() < 2 || json.charAt(0) != '"' || json.charAt(json.length() - 1) != '"') {
            throw new AssertionError("not a string: " + json);
        }
        StringBuilder text = new StringBuilder();
        for (int at = 1; at < json.length() - 1; at++) {
            char c = json.charAt(at);
            if (c == '"' || c < 0x20) {
                throw new AssertionError("character " + (int) c + " within a string");
            }
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escaped = json.charAt(++at);
            switch (escaped) {
                case 'u' -> {
                    text.append((char) Integer.parseInt(json, at + 1, at + 5, 16));
                    at += 4;
                }
                case 'b' -> text.append('\b');
                case 'f' -> text.append('\f');
                case 'n' -> text.append('\n');
                case 'r' -> text.append('\r');
                case 't' -> text.append('\t');
                case '"', '\\', '/' -> text.append(escaped);
                default -> throw new AssertionError("\\" + escaped + " is no escape");
            }
        }
        return text.toString();
    }
}
