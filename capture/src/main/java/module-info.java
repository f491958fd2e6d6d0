/// Saving the memory of a crashed kernel: what is to be saved, where, and what follows.
module io.inquest.capture {
    requires static org.jspecify;

    exports io.inquest.capture.config;
    exports io.inquest.capture.config.read;
    exports io.inquest.capture.place;
}
