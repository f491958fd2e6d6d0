/// Being ready for a crash: the image that the capture kernel starts with.
module io.inquest.kdump {
    requires io.inquest.capture;
    requires io.inquest.dump;
    requires io.inquest.output;
    requires static org.jspecify;

    exports io.inquest.kdump.host;
    exports io.inquest.kdump.initramfs;
    exports io.inquest.kdump.kexec;
    exports io.inquest.kdump.plan;
}
