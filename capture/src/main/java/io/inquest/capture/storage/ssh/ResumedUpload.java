package io.inquest.capture.storage.ssh;

import java.io.IOException;
import java.io.OutputStream;

/// Sends a stream to a file at the far side, over as many connections as it takes.
///
/// The last bytes that were sent are kept, more than can be under way in the buffers of both sides. When a connection
/// breaks, the writer at the far side is ended, the size of its file tells what arrived, and the rest is sent again.
final class ResumedUpload extends OutputStream {

    /// Of ssh, 2 MiB are under way at most; of TCP, some more.
    private static final int KEPT_BYTES = 8 << 20;

    /// Behind the file's name: that of the process that writes to it.
    static final String PID = ".pid";

    private final RemoteShell shell;
    private final String file;
    private final int tries;
    private final Pause pause;
    private final byte[] kept;
    private long sent;
    private long arrivedBefore;
    private int failures;
    private RemoteShell.Upload upload;

    /// Waits a while before the next try.
    @FunctionalInterface
    interface Pause {
        void take() throws IOException;
    }

    /// @param tries connections without any progress
    ResumedUpload(RemoteShell shell, String file, int tries, Pause pause) throws IOException {
        this(shell, file, tries, pause, KEPT_BYTES);
    }

    ResumedUpload(RemoteShell shell, String file, int tries, Pause pause, int keptBytes) throws IOException {
        this.shell = shell;
        this.file = file;
        this.tries = tries;
        this.pause = pause;
        this.kept = new byte[keptBytes];
        this.upload = connect(true);
    }

    /// Appends to the file, or begins it.
    private RemoteShell.Upload connect(boolean begins) throws IOException {
        String name = SshCommand.quoted(file);
        String made = begins ? ": >" + name + "; " : "";
        return shell.upload(
                "umask 077; " + made + "echo $$ >" + SshCommand.quoted(file + PID) + "; exec cat >>" + name);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            int some = Math.min(count - done, kept.length);
            keep(bytes, from + done, some);
            sent += some;
            try {
                upload.write(bytes, from + done, some);
            } catch (IOException broken) {
                resume(broken);
            }
            done += some;
        }
    }

    private void keep(byte[] bytes, int from, int count) {
        int at = (int) (sent % kept.length);
        int first = Math.min(count, kept.length - at);
        System.arraycopy(bytes, from, kept, at, first);
        System.arraycopy(bytes, from + first, kept, 0, count - first);
    }

    /// Connects anew, and sends what did not arrive. Gives up after as many tries in which nothing more arrived.
    private void resume(IOException broken) throws IOException {
        upload.abort();
        IOException last = broken;
        while (failures < tries) {
            failures++;
            pause.take();
            long arrived;
            try {
                arrived = arrived();
            } catch (IOException away) {
                last = away;
                continue;
            }
            if (arrived > sent || sent - arrived > kept.length) {
                throw new IOException(file + " has " + arrived + " bytes at the far side, of " + sent
                        + " that were sent; the rest is no longer there to be sent again");
            }
            failures = arrived > arrivedBefore ? 0 : failures;
            arrivedBefore = arrived;
            try {
                upload = connect(false);
                send(arrived);
                return;
            } catch (IOException again) {
                upload.abort();
                last = again;
            }
        }
        throw last;
    }

    /// The size of the file, once nobody writes to it any more: who did may still have had some of it.
    private long arrived() throws IOException {
        String pid = SshCommand.quoted(file + PID);
        String size = shell.run("p=$(cat " + pid + ") && kill $p 2>/dev/null; "
                + "while kill -0 $p 2>/dev/null; do sleep 1; done; wc -c <" + SshCommand.quoted(file));
        try {
            return Long.parseLong(size.strip());
        } catch (NumberFormatException noNumber) {
            throw new IOException("the far side does not tell the size of " + file + ": " + size, noNumber);
        }
    }

    private void send(long arrived) throws IOException {
        long at = arrived;
        while (at < sent) {
            int start = (int) (at % kept.length);
            int some = (int) Math.min(sent - at, kept.length - start);
            upload.write(kept, start, some);
            at += some;
        }
    }

    /// All of it is at the far side when this returns.
    void finish() throws IOException {
        while (true) {
            try {
                upload.finish();
                return;
            } catch (IOException broken) {
                resume(broken);
            }
        }
    }

    @Override
    public void close() {
        upload.abort();
    }
}
