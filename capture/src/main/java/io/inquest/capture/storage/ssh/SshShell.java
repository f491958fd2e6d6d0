package io.inquest.capture.storage.ssh;

import io.inquest.capture.journal.Heartbeat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.concurrent.TimeUnit;

/// Scripts at the far side, each by an ssh of its own.
final class SshShell implements RemoteShell {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int DISCONNECTED = 255;

    /// What a far side may take to make durable what it got.
    private static final long MOST_SECONDS = 600;

    private final SshCommand ssh;
    private final Heartbeat heartbeat;

    SshShell(SshCommand ssh, Heartbeat heartbeat) {
        this.ssh = ssh;
        this.heartbeat = heartbeat;
    }

    @Override
    public String run(String script, byte[] input) throws IOException {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        exchange(script, input, printed);
        return RemoteShell.text(printed.toByteArray());
    }

    @Override
    public void read(String script, OutputStream out) throws IOException {
        exchange(script, new byte[0], out);
    }

    private void exchange(String script, byte[] input, OutputStream out) throws IOException {
        Process process = start(script);
        try {
            try (OutputStream in = process.getOutputStream()) {
                in.write(input);
            }
            byte[] buffer = new byte[BUFFER_BYTES];
            InputStream printed = process.getInputStream();
            for (int count = printed.read(buffer); count >= 0; count = printed.read(buffer)) {
                out.write(buffer, 0, count);
                heartbeat.beat();
            }
            await(process);
        } finally {
            process.destroyForcibly();
        }
    }

    @Override
    public Upload upload(String script) throws IOException {
        Process process = start(script);
        OutputStream in = process.getOutputStream();
        return new Upload() {
            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                in.write(bytes, from, count);
                heartbeat.beat();
            }

            @Override
            public void finish() throws IOException {
                in.close();
                await(process);
            }

            @Override
            public void abort() {
                process.destroyForcibly();
            }
        };
    }

    private Process start(String script) throws IOException {
        return new ProcessBuilder(ssh.running(script))
                .redirectError(Redirect.INHERIT)
                .start();
    }

    private void await(Process process) throws IOException {
        try {
            for (long second = 0; second < MOST_SECONDS; second++) {
                if (process.waitFor(1, TimeUnit.SECONDS)) {
                    check(process.exitValue());
                    return;
                }
                heartbeat.beat();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", asked);
        }
        throw new IOException("the far side did not end within " + MOST_SECONDS + " seconds");
    }

    private static void check(int status) throws IOException {
        if (status == DISCONNECTED) {
            throw new IOException("there is no connection, or it broke");
        }
        if (status != 0) {
            throw new IOException("the far side exited with " + status);
        }
    }
}
