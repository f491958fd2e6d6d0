/// The inquest command.
module io.inquest.cli {
    requires info.picocli;
    requires io.inquest.capture;
    requires io.inquest.crash;
    requires io.inquest.dump;
    requires io.inquest.kdump;
    requires io.inquest.kernel;
    requires io.inquest.makedumpfile;
    requires io.inquest.output;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static org.jspecify;

    opens io.inquest.cli to
            info.picocli;
    opens io.inquest.cli.capture to
            info.picocli;
    opens io.inquest.cli.compatible to
            info.picocli;
    opens io.inquest.cli.crash to
            info.picocli;
    opens io.inquest.cli.document to
            info.picocli;
    opens io.inquest.cli.dump to
            info.picocli;
    opens io.inquest.cli.kdump to
            info.picocli;
    opens io.inquest.cli.kexec to
            info.picocli;
    opens io.inquest.cli.log to
            info.picocli;
    opens io.inquest.cli.page to
            info.picocli;
    opens io.inquest.cli.report to
            info.picocli;
}
