package io.inquest.capture.config;

import java.util.Optional;

/// Who gets a mail at the next boot (SUSE).
public record Mail(
        Setting<Optional<String>> server,
        Setting<Optional<String>> user,
        Setting<Optional<Secret>> password,
        Setting<Optional<String>> to,
        Setting<Optional<String>> copyTo) {}
