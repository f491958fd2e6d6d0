/// Crash dump containers: bytes at offsets, page frames, notes, and the codecs of page data. Knows no Linux.
module io.inquest.dump {
    requires static org.jspecify;

    exports io.inquest.dump;
    exports io.inquest.dump.codec;
    exports io.inquest.dump.elf;
    exports io.inquest.dump.flattened;
    exports io.inquest.dump.io;
    exports io.inquest.dump.kdump;
    exports io.inquest.dump.salvage;
    exports io.inquest.dump.split;
    exports io.inquest.dump.trailer;
    exports io.inquest.dump.verify;
}
