package io.inquest.makedumpfile;

/// What `makedumpfile -v` says.
final class Version {

    /// The makedumpfile whose options and messages these are: scripts compare this number.
    private static final String COMPATIBLE = "1.7.9";

    static final String LINE = "makedumpfile: version " + COMPATIBLE + " (by Inquest)\n";

    static final String TEXT = LINE + "lzo\tenabled\nsnappy\tenabled\nzstd\tenabled\n\n";

    private Version() {}
}
