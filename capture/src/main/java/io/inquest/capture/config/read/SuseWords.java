package io.inquest.capture.config.read;

import io.inquest.capture.config.AbsolutePath;
import io.inquest.capture.config.Destination;
import io.inquest.capture.config.HostKey;
import io.inquest.capture.config.HostKeys;
import io.inquest.capture.config.Login;
import io.inquest.capture.config.Secret;
import io.inquest.capture.config.Server;
import io.inquest.capture.config.Setting;
import io.inquest.capture.config.Target;
import io.inquest.capture.config.Target.SshTransfer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// Values as SUSE's variables spell them.
final class SuseWords {

    private static final int MOST_PORT = 65_535;
    private static final List<String> FORMATS = List.of("compressed", "none", "elf", "lzo", "snappy", "zstd", "raw");
    private static final List<String> ADDRESSING = List.of("static", "dhcp", "dhcp4", "dhcp6", "auto6");
    private static final String FOLDER_EXPECTED =
            "it must be an absolute path, or a URL of file, nfs, ssh, sftp, scp, ftp,"
                    + " cifs or smb such as nfs://host/export";

    private SuseWords() {}

    static boolean truth(Entry entry) throws Refused {
        return switch (entry.value()) {
            case "yes", "1", "true" -> true;
            case "no", "0", "false" -> false;
            default -> throw entry.refused("it must be true or false");
        };
    }

    static String dumpFormat(Entry entry) throws Refused {
        String format = entry.value().toLowerCase(Locale.ROOT);
        if (!FORMATS.contains(format)) {
            throw entry.refused("it must be one of compressed, none, ELF, lzo, snappy, zstd, raw");
        }
        return format;
    }

    /// `auto`, or `INTERFACE:MODE`, with `:force` behind.
    static Optional<String> netSetUp(Entry entry) throws Refused {
        if (entry.value().isEmpty() || entry.value().equals("auto")) {
            return Optional.empty();
        }
        String[] parts = entry.value().split(":", -1);
        boolean right = (parts.length == 2 || (parts.length == 3 && parts[2].equals("force")))
                && !parts[0].isEmpty()
                && ADDRESSING.contains(parts[1]);
        if (!right) {
            throw entry.refused(
                    "it must be auto or INTERFACE:MODE, where the mode is one of static, dhcp, dhcp4, dhcp6,"
                            + " auto6, and may end in :force");
        }
        return Optional.of(entry.value());
    }

    /// A key's file; one that is not absolute lies where root's keys are.
    static AbsolutePath identity(String name) {
        return AbsolutePath.of(name).orElseGet(() -> new AbsolutePath("/root/.ssh/" + name));
    }

    /// Nothing for the files of known hosts, `*` for any key, else a key with or without its type in front.
    static HostKeys hostKeys(Entry entry) throws Refused {
        List<String> words = entry.words();
        if (words.isEmpty()) {
            return new HostKeys.KnownHosts();
        }
        if (words.size() == 1 && words.getFirst().equals("*")) {
            return new HostKeys.Any();
        }
        if (words.size() > 2) {
            throw new Refused("KDUMP_HOST_KEY has " + words.size() + " words; it must be * or a key, TYPE KEY, as"
                    + " ssh-keyscan prints it behind the host");
        }
        String key = words.getLast();
        String type = words.size() == 2 ? words.getFirst() : ExtensionWords.typeOf(key);
        return new HostKeys.Pinned(List.of(new HostKey(HostKey.EACH, type, ExtensionWords.checkedKey(type, key))));
    }

    /// `KDUMP_SAVEDIR`: a path or a URL.
    static Destination saveFolder(Entry entry) throws Refused {
        int colon = entry.value().indexOf("://");
        if (colon < 0) {
            return new Destination(entry.as(new Target.RunningSystem()), entry.as(path(entry, entry.value())));
        }
        String scheme = entry.value().substring(0, colon);
        String rest = entry.value().substring(colon + 3);
        if (scheme.equals("file")) {
            return new Destination(entry.as(new Target.RunningSystem()), entry.as(path(entry, rest)));
        }
        int slash = rest.indexOf('/');
        Url url = url(entry, slash < 0 ? rest : rest.substring(0, slash));
        AbsolutePath path = path(entry, slash < 0 ? "/" : rest.substring(slash));
        return switch (scheme) {
            case "ftp" -> place(entry, new Target.Ftp(url.server(), url.port(), url.user(), url.password()), path);
            case "ssh" -> place(entry, ssh(url, SshTransfer.STREAM), path);
            case "sftp", "scp" -> place(entry, ssh(url, SshTransfer.SFTP), path);
            case "nfs" -> place(entry, new Target.Nfs(url.server(), path), AbsolutePath.ROOT);
            case "cifs", "smb" -> cifs(entry, url, path);
            default -> throw entry.refused(FOLDER_EXPECTED);
        };
    }

    private record Url(Server server, OptionalInt port, Optional<String> user, Optional<Secret> password) {}

    /// `[user[:password]@]host[:port]`.
    private static Url url(Entry entry, String authority) throws Refused {
        int at = authority.lastIndexOf('@');
        String account = at < 0 ? "" : authority.substring(0, at);
        String host = authority.substring(at + 1);
        int colon = host.startsWith("[") ? host.indexOf("]:") + 1 : host.indexOf(':');
        OptionalInt port = OptionalInt.empty();
        if (colon > 0) {
            int number = Numbers.decimal(host.substring(colon + 1));
            if (number < 1 || number > MOST_PORT) {
                throw hidden(entry, "its port must be a number from 1 to 65535");
            }
            port = OptionalInt.of(number);
            host = host.substring(0, colon);
        }
        Server server = TargetWords.server(host);
        int secret = account.indexOf(':');
        String user = secret < 0 ? account : account.substring(0, secret);
        if (!TargetWords.isHost(server.host()) || !(user.isEmpty() || TargetWords.isUser(user))) {
            throw hidden(entry, FOLDER_EXPECTED);
        }
        return new Url(
                server,
                port,
                user.isEmpty() ? Optional.empty() : Optional.of(user),
                secret < 0 ? Optional.empty() : Optional.of(new Secret(account.substring(secret + 1))));
    }

    /// As [Entry#refused], but without a value that may hold a password.
    private static Refused hidden(Entry entry, String expected) {
        boolean account = entry.value().indexOf('@') >= 0;
        return account
                ? new Refused(entry.name() + " is no URL that can be used; " + expected)
                : entry.refused(expected);
    }

    private static AbsolutePath path(Entry entry, String text) throws Refused {
        Optional<AbsolutePath> path = AbsolutePath.of(text);
        if (path.isEmpty()) {
            throw hidden(entry, FOLDER_EXPECTED);
        }
        return path.get();
    }

    private static Target.Ssh ssh(Url url, SshTransfer transfer) {
        Login login = new Login(url.user().orElse("root"), url.server());
        return new Target.Ssh(login, transfer, url.port(), url.password());
    }

    /// The first folder is the share's name.
    private static Destination cifs(Entry entry, Url url, AbsolutePath path) throws Refused {
        if (path.isRoot()) {
            throw hidden(entry, "a share must follow the host");
        }
        String name = path.text().substring(1);
        int slash = name.indexOf('/');
        String share = slash < 0 ? name : name.substring(0, slash);
        AbsolutePath below = slash < 0 ? AbsolutePath.ROOT : new AbsolutePath(name.substring(slash));
        return place(entry, new Target.Cifs(url.server(), share, url.user(), url.password()), below);
    }

    private static Destination place(Entry entry, Target target, AbsolutePath path) {
        return new Destination(new Setting<>(target, entry.at()), entry.as(path));
    }
}
