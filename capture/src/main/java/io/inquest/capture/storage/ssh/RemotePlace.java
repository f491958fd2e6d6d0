package io.inquest.capture.storage.ssh;

import io.inquest.capture.config.Retention;
import io.inquest.capture.storage.Content;
import io.inquest.capture.storage.CrashPlace;
import io.inquest.capture.storage.DumpFolder;
import io.inquest.capture.storage.DumpForm;
import io.inquest.capture.storage.DumpOutput;
import io.inquest.capture.storage.FolderName;
import io.inquest.capture.storage.Retaining;
import io.inquest.capture.storage.SavedFile;
import io.inquest.capture.storage.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A crash's folder at the far side: new, its owner's alone, and made by scripts of a plain shell.
///
/// The dump travels as a flattened stream into `vmcore-incomplete`, and is `vmcore.flat` when it is whole, as
/// kdump-utils has
/// it. What is at the far side is compared by `sha256sum` there, or, where there is none, by sending it back.
final class RemotePlace implements CrashPlace {

    private static final String FLATTENED = "vmcore.flat";
    private static final String COPY = "vmcore";
    private static final String UNFINISHED = DumpFolder.unfinished(COPY);

    private final RemoteShell shell;
    private final String login;
    private final String folder;
    private final int tries;
    private final ResumedUpload.Pause pause;
    private @Nullable ResumedUpload upload;
    private DumpForm form = DumpForm.FILTERED;

    private RemotePlace(RemoteShell shell, String login, String folder, int tries, ResumedUpload.Pause pause) {
        this.shell = shell;
        this.login = login;
        this.folder = folder;
        this.tries = tries;
        this.pause = pause;
    }

    /// Makes the folder. Names that are taken get `-1`, `-2` … behind them.
    static RemotePlace create(
            RemoteShell shell, String login, String parent, FolderName name, int tries, ResumedUpload.Pause pause)
            throws IOException {
        String wanted = SshCommand.quoted(parent + "/" + name);
        String made =
                shell.run("umask 077; mkdir -p " + SshCommand.quoted(parent) + " || exit 1; f=" + wanted + "; n=0; "
                        + "until mkdir \"$f\" 2>/dev/null; do [ -e \"$f\" ] || [ -h \"$f\" ] || exit 1; n=$((n + 1)); f="
                        + wanted
                        + "-$n; done; echo \"$f\"");
        return new RemotePlace(shell, login, made, tries, pause);
    }

    private String file(String name) {
        return SshCommand.quoted(folder + "/" + name);
    }

    @Override
    public SavedFile save(String name, Content content) throws IOException {
        ByteArrayOutputStream memory = new ByteArrayOutputStream();
        content.writeTo(memory);
        byte[] bytes = memory.toByteArray();
        String unfinished = DumpFolder.unfinished(name);
        MessageDigest digest = Sha256.begin();
        digest.update(bytes);
        String written = Sha256.end(digest);
        String printed = shell.run("umask 077; set -C; cat >" + file(unfinished), bytes);
        if (!printed.isEmpty() || !checksum(unfinished, _ -> {}).equals(written)) {
            throw new IOException(this + ": what is there of " + name + " is not what was sent");
        }
        rename(unfinished, name);
        return new SavedFile(name, bytes.length, written);
    }

    private void rename(String from, String to) throws IOException {
        String printed = shell.run(
                "[ ! -e " + file(to) + " ] && mv " + file(from) + " " + file(to) + " && { " + forcing(to) + "; }");
        if (!printed.isEmpty()) {
            throw new IOException(this + ": " + printed);
        }
    }

    /// A script that makes a file and its name durable; an old sync(1) knows no files, and does so for all there is.
    private String forcing(String name) {
        return "sync " + file(name) + " " + file("") + " 2>/dev/null || sync";
    }

    /// That of a file there, in hexadecimal digits.
    private String checksum(String name, LongConsumer watcher) throws IOException {
        String printed =
                shell.run("{ " + forcing(name) + "; }; sha256sum <" + file(name) + " 2>/dev/null || echo none");
        int blank = printed.indexOf(' ');
        if (blank == 64) {
            return printed.substring(0, blank);
        }
        MessageDigest digest = Sha256.begin();
        long[] bytes = {0};
        shell.read("cat " + file(name), new DigestOutputStream(OutputStream.nullOutputStream(), digest) {
            @Override
            public void write(byte[] some, int from, int count) throws IOException {
                super.write(some, from, count);
                bytes[0] += count;
                watcher.accept(bytes[0]);
            }
        });
        return Sha256.end(digest);
    }

    @Override
    public DumpOutput beginDump(DumpForm newForm) throws IOException {
        close();
        form = newForm;
        ResumedUpload begun = new ResumedUpload(shell, folder + "/" + UNFINISHED, tries, pause);
        upload = begun;
        return new DumpOutput.ToStream(begun);
    }

    @Override
    public Optional<SavedFile> readDumpBack(LongConsumer watcher) throws IOException {
        if (upload != null) {
            upload.finish();
        }
        String size = shell.run("rm -f " + file(UNFINISHED + ResumedUpload.PID) + "; wc -c <" + file(UNFINISHED));
        return Optional.of(new SavedFile(UNFINISHED, Long.parseLong(size.strip()), checksum(UNFINISHED, watcher)));
    }

    @Override
    public Optional<Path> unfinishedDump() {
        return Optional.empty();
    }

    @Override
    public SavedFile publishDump(SavedFile unfinished) throws IOException {
        String name = form == DumpForm.FILTERED ? FLATTENED : COPY;
        rename(UNFINISHED, name);
        return new SavedFile(name, unfinished.bytes(), unfinished.sha256());
    }

    @Override
    public void check() throws IOException {
        String probe = file("inquest-probe");
        String printed = shell.run(": >" + probe + " && rm " + probe);
        assert printed.isEmpty();
    }

    /// As `df` tells it.
    @Override
    public long room() throws IOException {
        String kilobytes =
                shell.run("df -Pk " + file("") + " | { read -r head; read -r name all used free rest; echo $free; }");
        try {
            return Long.parseLong(kilobytes.strip()) << 10;
        } catch (NumberFormatException noNumber) {
            throw new IOException(this + ": how much room there is nobody tells: " + kilobytes, noNumber);
        }
    }

    @Override
    public Optional<Path> stateFile() {
        return Optional.empty();
    }

    /// Other people's machines are theirs to tidy.
    @Override
    public Retaining.Outcome retain(Retention retention, LocalDateTime now) {
        return new Retaining.Outcome(List.of(), List.of());
    }

    @Override
    public void close() {
        if (upload != null) {
            upload.close();
            upload = null;
        }
    }

    @Override
    public String toString() {
        return login + ":" + folder;
    }
}
