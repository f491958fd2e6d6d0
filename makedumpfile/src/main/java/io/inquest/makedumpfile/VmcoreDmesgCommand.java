package io.inquest.makedumpfile;

/// vmcore-dmesg(8).
public final class VmcoreDmesgCommand {

    private VmcoreDmesgCommand() {}

    public static int run(String[] args, Streams streams) {
        return ExitCode.FAILED;
    }
}
