package io.inquest.capture.config;

/// How much set-up says, 0 (nothing) to 4 (everything), on standard error, to syslog and to the kernel's log.
public record LogLevels(Setting<Integer> standardError, Setting<Integer> syslog, Setting<Integer> kernelLog) {}
