package io.inquest.capture.config;

/// All that set-up and capture need to be told, whole and without contradictions.
public record Configuration(
        Saving saving, Network network, Actions actions, Image image, CaptureKernel kernel, Service service) {}
