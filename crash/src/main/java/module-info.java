/// Questions to a dead kernel and the report of how it died. Knows neither dump formats nor page tables.
module io.inquest.crash {
    requires transitive io.inquest.kernel;
    requires transitive io.inquest.output;
    requires static org.jspecify;

    exports io.inquest.crash;
    exports io.inquest.crash.command;
    exports io.inquest.crash.debugfile;
    exports io.inquest.crash.render;
    exports io.inquest.crash.report;
    exports io.inquest.crash.report.dump;
    exports io.inquest.crash.report.log;
    exports io.inquest.crash.report.render;
    exports io.inquest.crash.report.signature;
    exports io.inquest.crash.result;
    exports io.inquest.crash.session;
    exports io.inquest.crash.shell;
}
