package io.inquest.capture.config;

import java.util.Optional;
import java.util.OptionalInt;

/// What a dump is saved to. Which folder there is the [Destination]'s matter.
public sealed interface Target {

    /// No device or server is named: whatever is mounted at the path on the running system.
    record RunningSystem() implements Target {

        @Override
        public String toString() {
            return "running system";
        }
    }

    /// A file system of its own.
    ///
    /// @param type as mount(8) spells it
    record FileSystem(String type, Device device) implements Target {

        @Override
        public String toString() {
            return type + " " + device;
        }
    }

    /// A partition without a file system; the dump begins at its first byte.
    record RawDevice(Device device) implements Target {

        @Override
        public String toString() {
            return "raw " + device;
        }
    }

    /// What `--mount` of `dracut_args` names. Nothing of it is checked, as users of that option expect.
    ///
    /// @param options as mount(8) takes them after `-o`; may be empty
    record Mounted(String source, AbsolutePath mountPoint, String type, String options) implements Target {

        @Override
        public String toString() {
            return "mount " + source + " " + mountPoint + " " + type + (options.isEmpty() ? "" : " " + options);
        }
    }

    /// What an NFS server exports.
    record Nfs(Server server, AbsolutePath export) implements Target {

        @Override
        public String toString() {
            return "nfs " + server.bracketed() + ":" + export;
        }
    }

    /// An account on a server.
    ///
    /// @param transfer how files travel
    /// @param port empty for what ssh(1) takes
    /// @param password empty for a key
    record Ssh(Login login, SshTransfer transfer, OptionalInt port, Optional<Secret> password) implements Target {

        @Override
        public String toString() {
            return transfer.word() + " " + login + (port.isPresent() ? " port " + port.getAsInt() : "");
        }
    }

    /// How files travel to an ssh server.
    enum SshTransfer {
        /// As a stream into a program at the far side, which needs a shell.
        STREAM("ssh"),
        SFTP("sftp");

        private final String word;

        SshTransfer(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }

    /// An FTP server.
    ///
    /// @param user empty for an anonymous login
    record Ftp(Server server, OptionalInt port, Optional<String> user, Optional<Secret> password) implements Target {

        @Override
        public String toString() {
            String name = user.isPresent() ? user.get() + "@" : "";
            return "ftp " + name + server.bracketed() + (port.isPresent() ? ":" + port.getAsInt() : "");
        }
    }

    /// A share of Windows or Samba.
    ///
    /// @param user empty for a guest
    record Cifs(Server server, String share, Optional<String> user, Optional<Secret> password) implements Target {

        @Override
        public String toString() {
            String name = user.isPresent() ? user.get() + "@" : "";
            return "cifs //" + name + server + "/" + share;
        }
    }

    /// Whether it is a folder while the capture runs, so that any program can write a file there. To others bytes go as
    /// one stream.
    default boolean isMounted() {
        return switch (this) {
            case RunningSystem _, FileSystem _, Mounted _, Nfs _, Cifs _ -> true;
            case RawDevice _, Ssh _, Ftp _ -> false;
        };
    }
}
