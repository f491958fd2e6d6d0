package io.inquest.cli.compatible;

import picocli.CommandLine.Command;

/// What help and manual pages say of vmcore-dmesg; [PassThrough] runs it.
@Command(
        name = "vmcore-dmesg",
        header = "Prints the log of a dump, byte for byte as vmcore-dmesg(8) of kexec-tools.",
        description = "bin/vmcore-dmesg is the same command under its own name.")
public final class VmcoreDmesgEntry implements Runnable {

    public VmcoreDmesgEntry() {}

    @Override
    public void run() {
        throw new IllegalStateException("vmcore-dmesg is run by PassThrough");
    }
}
