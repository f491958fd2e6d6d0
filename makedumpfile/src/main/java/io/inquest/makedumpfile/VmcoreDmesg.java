package io.inquest.makedumpfile;

/// Entry of vmcore-dmesg(8).
public final class VmcoreDmesg {

    private VmcoreDmesg() {}

    public static void main(String[] args) {
        ProcessEnd.with(VmcoreDmesgCommand.run(args, Streams.ofProcess()));
    }
}
