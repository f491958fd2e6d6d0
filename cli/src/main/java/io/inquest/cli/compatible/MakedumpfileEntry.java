package io.inquest.cli.compatible;

import picocli.CommandLine.Command;

/// What help and manual pages say of makedumpfile; [PassThrough] runs it.
@Command(
        name = "makedumpfile",
        header = "Makes a small dump: leaves out what an analysis does not need, compresses the rest.",
        description = {
            "Behaves as makedumpfile(8): same options, messages and exit codes. \"inquest makedumpfile --help\" lists"
                    + " them; bin/makedumpfile is the same command under its own name.",
            "For example: inquest makedumpfile -z -d 31 /proc/vmcore /var/crash/vmcore"
        })
public final class MakedumpfileEntry implements Runnable {

    public MakedumpfileEntry() {}

    @Override
    public void run() {
        throw new IllegalStateException("makedumpfile is run by PassThrough");
    }
}
