package io.inquest.crash.report;

import io.inquest.crash.report.signature.Signature;
import io.inquest.crash.report.signature.UsefulFrame;

/// A death in a few words, for lists and mails; no part of any key.
final class Titles {

    private static final int MOST_CHARACTERS = 120;

    private Titles() {}

    /// `KIND in FUNCTION [module]`, or the kind alone.
    static String of(Signature signature) {
        StringBuilder title = new StringBuilder(signature.kind().phrase());
        if (!signature.frames().isEmpty()) {
            UsefulFrame frame = signature.frames().getFirst();
            title.append(signature.kind() == DeathKind.PANIC ? ": " : " in ").append(frame.name());
            if (!frame.module().isEmpty()) {
                title.append(" [").append(frame.module()).append(']');
            }
        }
        StringBuilder ascii = new StringBuilder();
        for (int i = 0; i < title.length() && i < MOST_CHARACTERS; i++) {
            char c = title.charAt(i);
            ascii.append(c < ' ' || c > '~' ? '?' : c);
        }
        return ascii.toString();
    }
}
