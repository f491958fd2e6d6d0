package io.inquest.capture.config;

import java.util.Optional;

/// An absolute path, without doubled slashes, slashes at its end, or the folders `.` and `..`.
public record AbsolutePath(String text) {

    public static final AbsolutePath ROOT = new AbsolutePath("/");

    public AbsolutePath {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException(text + ": not absolute");
        }
    }

    /// Empty where the text is no absolute path, or climbs by `..`: what that means depends on symbolic links.
    public static Optional<AbsolutePath> of(String text) {
        if (!text.startsWith("/") || text.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        StringBuilder clean = new StringBuilder(text.length());
        for (String name : text.split("/", -1)) {
            if (name.equals("..")) {
                return Optional.empty();
            }
            if (!name.isEmpty() && !name.equals(".")) {
                clean.append('/').append(name);
            }
        }
        return Optional.of(clean.isEmpty() ? ROOT : new AbsolutePath(clean.toString()));
    }

    public boolean isRoot() {
        return text.equals("/");
    }

    /// Whether this is `other`, or lies below it.
    public boolean isWithin(AbsolutePath other) {
        return other.isRoot() || text.equals(other.text) || text.startsWith(other.text + "/");
    }

    /// This path as seen from `folder`, within which it must lie.
    public AbsolutePath from(AbsolutePath folder) {
        if (!isWithin(folder)) {
            throw new IllegalArgumentException(text + " is not within " + folder.text);
        }
        if (folder.isRoot()) {
            return this;
        }
        return text.equals(folder.text) ? ROOT : new AbsolutePath(text.substring(folder.text.length()));
    }

    /// `below` as a path under this one.
    public AbsolutePath resolve(AbsolutePath below) {
        if (below.isRoot()) {
            return this;
        }
        return isRoot() ? below : new AbsolutePath(text + below.text);
    }

    @Override
    public String toString() {
        return text;
    }
}
