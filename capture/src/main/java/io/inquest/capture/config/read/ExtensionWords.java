package io.inquest.capture.config.read;

import io.inquest.capture.config.HostKey;
import io.inquest.capture.config.Retention;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// The values of directives that Inquest has added.
final class ExtensionWords {

    private static final int MOST_DUMPS = 1_000_000;

    private ExtensionWords() {}

    /// `retain count=5 bytes=20G age=30d`, in any order, each once, at least one of them.
    static Retention retention(Entry entry) throws Refused {
        OptionalInt count = OptionalInt.empty();
        OptionalLong bytes = OptionalLong.empty();
        Optional<Duration> age = Optional.empty();
        Set<String> seen = new HashSet<>();
        for (String word : entry.words()) {
            int equals = Math.max(0, word.indexOf('='));
            String limit = word.substring(0, equals);
            String value = word.substring(Math.min(word.length(), equals + 1));
            if (!seen.add(limit)) {
                throw new Refused("retain has " + limit + " twice");
            }
            switch (limit) {
                case "count" -> count = OptionalInt.of(count(value));
                case "bytes" -> bytes = OptionalLong.of(bytes(value));
                case "age" -> age = Optional.of(age(value));
                default ->
                    throw new Refused("retain has '" + word + "'; its limits are count=N, bytes=N (with K, M, G or T)"
                            + " and age=N with d, w, h, m or s");
            }
        }
        return new Retention(count, bytes, age);
    }

    private static int count(String value) throws Refused {
        int count = Numbers.decimal(value);
        if (count < 1 || count > MOST_DUMPS) {
            throw new Refused("count=" + value + " of retain must be a number from 1 to " + MOST_DUMPS
                    + "; the newest complete dump always stays");
        }
        return count;
    }

    private static long bytes(String value) throws Refused {
        long bytes = Numbers.bytes(value);
        if (bytes <= 0) {
            throw new Refused("bytes=" + value + " of retain must be a size, such as 500M, 20G or 2T");
        }
        return bytes;
    }

    private static Duration age(String value) throws Refused {
        Duration age = Numbers.duration(value);
        if (age.isZero()) {
            throw new Refused("age=" + value + " of retain must be a time, such as 12h, 30d or 8w");
        }
        return age;
    }

    /// `deadline 45m`, or `deadline no`.
    static Optional<Duration> deadline(Entry entry) throws Refused {
        if (entry.value().equals("no")) {
            return Optional.empty();
        }
        Duration deadline = Numbers.duration(entry.value());
        if (deadline.isZero()) {
            throw entry.refused("it must be a time, such as 90s, 45m or 2h, or no");
        }
        return Optional.of(deadline);
    }

    /// `host_key HOST TYPE BASE64`, as a line of known_hosts.
    static HostKey hostKey(Entry entry) throws Refused {
        List<String> words = entry.words();
        if (words.size() != 3) {
            throw new Refused("host_key has " + words.size()
                    + " words; it must be a host, the key's type and the key, as" + " ssh-keyscan prints them");
        }
        String host = TargetWords.server(words.get(0)).host();
        if (!TargetWords.isHost(host)) {
            throw new Refused(
                    "host_key is for '" + host + "', which can be no host's name; hashed names are of no use here");
        }
        return new HostKey(host, words.get(1), checkedKey(words.get(1), words.get(2)));
    }

    /// A key begins with its type, so that a cut or exchanged one is found here rather than in the capture kernel.
    static String checkedKey(String type, String base64) throws Refused {
        byte[] key = decoded(type, base64);
        byte[] name = type.getBytes(StandardCharsets.UTF_8);
        boolean begins = name.length > 0 && key.length > Integer.BYTES + name.length && length(key) == name.length;
        for (int i = 0; begins && i < name.length; i++) {
            begins = key[Integer.BYTES + i] == name[i];
        }
        if (!begins) {
            throw new Refused("the key is none of type '" + type + "'; copy type and key whole from: ssh-keyscan HOST");
        }
        return base64;
    }

    /// The type that a key begins with, empty where it has none.
    static String typeOf(String base64) throws Refused {
        byte[] key = decoded("ssh", base64);
        int length = key.length < Integer.BYTES ? -1 : length(key);
        boolean within = length > 0 && length <= key.length - Integer.BYTES;
        return within ? new String(key, Integer.BYTES, length, StandardCharsets.UTF_8) : "";
    }

    private static byte[] decoded(String type, String base64) throws Refused {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException damaged) {
            throw new Refused(
                    "the key of " + type + " is not base64; copy type and key whole from: ssh-keyscan HOST", damaged);
        }
    }

    /// The length of the key's first string, big-endian as all numbers of ssh.
    private static int length(byte[] key) {
        return ByteBuffer.wrap(key).getInt();
    }
}
