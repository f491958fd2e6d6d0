/// makedumpfile(8) and vmcore-dmesg(8): filter, compress, write.
module io.inquest.makedumpfile {
    requires transitive io.inquest.dump;
    requires io.inquest.kernel;
    requires io.inquest.output;
    requires static org.jspecify;

    exports io.inquest.makedumpfile;
}
