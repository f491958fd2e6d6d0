/// Saving the memory of a crashed kernel: what is to be saved, where, and what follows.
module io.inquest.capture {
    requires io.inquest.crash;
    requires io.inquest.dump;
    requires io.inquest.kernel;
    requires transitive io.inquest.makedumpfile;
    requires io.inquest.output;
    requires static org.jspecify;

    exports io.inquest.capture;
    exports io.inquest.capture.config;
    exports io.inquest.capture.config.read;
    exports io.inquest.capture.place;
    exports io.inquest.capture.storage.raw;
}
