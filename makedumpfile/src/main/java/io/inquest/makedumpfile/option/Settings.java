package io.inquest.makedumpfile.option;

import io.inquest.dump.codec.Compression;
import io.inquest.dump.codec.Packing;
import io.inquest.makedumpfile.message.MessageKind;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// The options as given so far: which were there, and the last argument of each.
///
/// Values that can be wrong are read at once, because the first mistake on the command line is the one that is told.
final class Settings {

    private static final int DEFAULT_MESSAGE_LEVEL = 7;
    private static final int MAX_MESSAGE_LEVEL = 31;
    private static final int DEFAULT_CACHE_ORDER = 4;
    private static final int MAX_CACHE_ORDER = 12;
    private static final int MAX_THREADS = 1024;
    private static final long DEFAULT_SPLIT_BLOCK = 1L << 30;

    private final Map<Switch, String> arguments = new EnumMap<>(Switch.class);
    private final List<String> keptTasks = new ArrayList<>();
    private DumpLevels levels = new DumpLevels(List.of(DumpLevels.NOTHING));
    private Compression compression = Compression.NONE;
    private OptionalInt deflateLevel = OptionalInt.empty();
    private OptionalInt zstdLevel = OptionalInt.empty();
    private OptionalLong limitBytes = OptionalLong.empty();
    private OptionalLong translate = OptionalLong.empty();
    private int messageLevel = DEFAULT_MESSAGE_LEVEL;

    void take(Getopt.Given<Switch> option) throws ParameterException {
        String argument = option.argument();
        arguments.put(option.id(), argument);
        switch (option.id()) {
            case ZLIB -> compression = Compression.ZLIB;
            case LZO -> compression = Compression.LZO;
            case SNAPPY -> compression = Compression.SNAPPY;
            case ZSTD -> compression = Compression.ZSTD;
            case DUMP_LEVEL -> levels = DumpLevels.parse(argument);
            case MESSAGE_LEVEL -> takeMessageLevel(Numbers.leadingInt(argument));
            case SHOW_STATS -> messageLevel |= MessageKind.REPORT.bit();
            case LIMIT -> limitBytes = positive(argument);
            case VTOP -> translate = address(argument);
            case KEEP_TASK -> keptTasks.add(argument);
            case DEFLATE_LEVEL -> deflateLevel = level(Compression.ZLIB, option);
            case ZSTD_LEVEL -> zstdLevel = level(Compression.ZSTD, option);
            case NUM_THREADS -> checkIsNumber(option);
            case CACHE_ORDER -> checkCacheOrder(Numbers.leadingInt(argument));
            default -> {
                // Being there, or its last argument, is all that counts.
            }
        }
    }

    private void takeMessageLevel(int level) throws ParameterException {
        messageLevel = DEFAULT_MESSAGE_LEVEL;
        if (level < 0 || level > MAX_MESSAGE_LEVEL) {
            throw new ParameterException("Message_level(" + level + ") is invalid.");
        }
        messageLevel = level | (has(Switch.SHOW_STATS) ? MessageKind.REPORT.bit() : 0);
    }

    private static OptionalInt level(Compression compression, Getopt.Given<Switch> option) throws ParameterException {
        OptionalInt level = Numbers.decimal(option.argument());
        if (level.isEmpty() || !Packing.accepts(compression, level.getAsInt())) {
            throw new ParameterException(option.id().written() + " " + option.argument()
                    + " is invalid. It should be 1 to " + Packing.mostLevel(compression) + ".");
        }
        return level;
    }

    private static OptionalLong positive(String argument) throws ParameterException {
        OptionalLong size = Numbers.size(argument);
        if (size.isEmpty()) {
            throw new ParameterException("Limit size(" + argument + ") is invalid.");
        }
        return size;
    }

    private static OptionalLong address(String argument) throws ParameterException {
        OptionalLong address = Numbers.address(argument);
        if (address.isEmpty()) {
            throw new ParameterException("Virtual address(" + argument + ") is invalid.");
        }
        return address;
    }

    private static void checkIsNumber(Getopt.Given<Switch> option) throws ParameterException {
        if (!Numbers.isInteger(option.argument())) {
            throw new ParameterException(
                    option.id().written() + " " + option.argument() + " is invalid. It should be a number.");
        }
    }

    private static void checkCacheOrder(int order) throws ParameterException {
        if (order < 0 || order > MAX_CACHE_ORDER) {
            throw new ParameterException(
                    "Cache order(" + order + ") is invalid. It should be 0 to " + MAX_CACHE_ORDER + ".");
        }
    }

    boolean has(Switch option) {
        return arguments.containsKey(option);
    }

    /// The last argument given, empty if there is none.
    String argument(Switch option) {
        return arguments.getOrDefault(option, "");
    }

    /// The arguments of all `--keep-task`.
    List<String> keptTasks() {
        return List.copyOf(keptTasks);
    }

    Compression compression() {
        return compression;
    }

    /// The compression with its own level; that of another one says nothing.
    Packing packing() {
        return switch (compression) {
            case ZLIB -> new Packing(compression, deflateLevel);
            case ZSTD -> new Packing(compression, zstdLevel);
            case NONE, LZO, SNAPPY -> Packing.of(compression);
        };
    }

    DumpLevels levels() {
        return levels;
    }

    OptionalLong limitBytes() {
        return limitBytes;
    }

    OptionalLong translate() {
        return translate;
    }

    int cacheOrder() {
        return has(Switch.CACHE_ORDER) ? Numbers.leadingInt(argument(Switch.CACHE_ORDER)) : DEFAULT_CACHE_ORDER;
    }

    /// With `--check-params` the level is always the default, so that a check says why it failed.
    int messageLevel() {
        if (has(Switch.CHECK_PARAMS)) {
            return DEFAULT_MESSAGE_LEVEL;
        }
        return messageLevel | (has(Switch.DEBUG) ? MessageKind.DEBUG.bit() : 0);
    }

    /// As given, within reason: garbage from a script must not start thousands of threads.
    OptionalInt threads() {
        if (!has(Switch.NUM_THREADS)) {
            return OptionalInt.empty();
        }
        int given = Numbers.leadingInt(argument(Switch.NUM_THREADS));
        return OptionalInt.of(Math.clamp(given, 0, MAX_THREADS));
    }

    OptionalLong bitmapBytes() {
        long kilobytes = Numbers.leadingInt(argument(Switch.CYCLIC_BUFFER));
        return kilobytes > 0 ? OptionalLong.of(kilobytes << 10) : OptionalLong.empty();
    }

    long splitBlockBytes() {
        long kilobytes = Numbers.leadingInt(argument(Switch.SPLITBLOCK_SIZE));
        return kilobytes > 0 ? kilobytes << 10 : DEFAULT_SPLIT_BLOCK;
    }
}
