package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Device;
import io.inquest.capture.config.Login;
import io.inquest.capture.config.Server;
import io.inquest.capture.config.Target;
import io.inquest.capture.config.Target.SshTransfer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Targets as directives and variables spell them.
final class TargetWords {

    private TargetWords() {}

    /// `/dev/…`, or a name that stays: `UUID=…`, `LABEL=…`, `PARTUUID=…`, `PARTLABEL=…`.
    static Device device(Entry entry) throws Refused {
        String value = entry.value();
        for (Device.Kind kind : Device.Kind.values()) {
            String prefix = kind.prefix();
            if (!prefix.isEmpty() && value.startsWith(prefix)) {
                String name = withoutQuotes(value.substring(prefix.length()));
                if (name.isEmpty()) {
                    throw entry.refused("a name must follow " + prefix);
                }
                return new Device(kind, name);
            }
        }
        Optional<AbsolutePath> path = AbsolutePath.of(value);
        if (path.isEmpty() || !value.startsWith("/dev/")) {
            throw entry.refused("it must be a device, such as UUID=…, LABEL=… or /dev/mapper/vg-lv");
        }
        return new Device(Device.Kind.NODE, path.get().text());
    }

    private static String withoutQuotes(String name) {
        boolean quoted = name.length() >= 2 && name.startsWith("\"") && name.endsWith("\"");
        return quoted ? name.substring(1, name.length() - 1) : name;
    }

    /// A file system by its type; virtiofs has a tag instead of a device.
    static Target fileSystem(Entry entry) throws Refused {
        if (!entry.name().equals("virtiofs")) {
            return new Target.FileSystem(entry.name(), device(entry));
        }
        if (entry.words().size() != 1) {
            throw entry.refused("it must be the tag of the share, one word");
        }
        return new Target.FileSystem(entry.name(), new Device(Device.Kind.TAG, entry.value()));
    }

    /// `host:/export`, with an IPv6 address in brackets.
    static Target.Nfs nfs(Entry entry) throws Refused {
        String value = entry.value();
        int colon = value.startsWith("[") ? value.indexOf("]:") + 1 : value.indexOf(":/");
        if (colon > 0) {
            Optional<AbsolutePath> export = AbsolutePath.of(value.substring(colon + 1));
            Server server = server(value.substring(0, colon));
            if (export.isPresent() && isHost(server.host())) {
                return new Target.Nfs(server, export.get());
            }
        }
        throw entry.refused("it must be host:/export, or [address]:/export for an IPv6 address");
    }

    /// `user@host`. An IPv6 address stands without brackets; with them it is understood as well.
    static Target.Ssh ssh(Entry entry) throws Refused {
        String value = entry.value();
        // As ssh(1) does: a user's name may hold an '@', a host's may not.
        int at = value.lastIndexOf('@');
        if (at > 0) {
            String user = value.substring(0, at);
            Server server = server(value.substring(at + 1));
            if (isHost(server.host()) && isUser(user)) {
                return new Target.Ssh(
                        new Login(user, server), SshTransfer.STREAM, OptionalInt.empty(), Optional.empty());
            }
        }
        throw entry.refused("it must be user@host");
    }

    /// The old `net`, which told NFS from ssh by the `@`.
    static Target net(Entry entry) throws Refused {
        return entry.value().indexOf('@') >= 0 ? ssh(entry) : nfs(entry);
    }

    /// The four words of dracut's `--mount`: source, mount point, type, and options if any.
    static Target.Mounted mounted(Entry entry, String words) throws Refused {
        List<String> parts = Words.split(words);
        if (parts.size() < 3) {
            throw new Refused(
                    "--mount '" + words + "' needs a source, a mount point and the file system's type, such as"
                            + " --mount \"192.168.1.1:/share /mnt/test nfs4 defaults\"");
        }
        Optional<AbsolutePath> mountPoint = AbsolutePath.of(parts.get(1));
        if (mountPoint.isEmpty()) {
            throw new Refused(
                    "the mount point '" + parts.get(1) + "' of --mount must be an absolute path without '..'");
        }
        String options = String.join(" ", parts.subList(3, parts.size()));
        return new Target.Mounted(parts.get(0), mountPoint.get(), parts.get(2), options);
    }

    static Server server(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        return new Server(bracketed ? text.substring(1, text.length() - 1) : text);
    }

    /// Whether it can be a name or address. One with a `-` in front would be an option to the programs that get it.
    static boolean isHost(String host) {
        if (host.isEmpty() || host.startsWith("-")) {
            return false;
        }
        for (int i = 0; i < host.length(); i++) {
            char c = host.charAt(i);
            boolean inName = Character.isLetterOrDigit(c) || c == '.' || c == '-' || c == '_';
            if (!inName && c != ':' && c != '%') {
                return false;
            }
        }
        return true;
    }

    static boolean isUser(String user) {
        if (user.isEmpty() || user.startsWith("-")) {
            return false;
        }
        for (int i = 0; i < user.length(); i++) {
            char c = user.charAt(i);
            if (c <= ' ' || c == ':' || c == '/' || c == '\'' || c == '"' || c == '`' || c == '$') {
                return false;
            }
        }
        return true;
    }
}
