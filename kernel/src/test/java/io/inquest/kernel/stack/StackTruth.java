package io.inquest.kernel.stack;

import io.inquest.kernel.Kernel;
import io.inquest.kernel.symbol.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/// What others say of the stacks of a dump.
final class StackTruth {

    /// `/proc/PID/stack` stops there.
    private static final int MOST_LINES = 64;

    private StackTruth() {}

    /// `/proc/PID/task/TID/stack` of all threads, by thread number, as the live kernel printed them.
    static Map<Integer, List<String>> ofLiveKernel(Path truth) throws IOException {
        Map<Integer, List<String>> stacks = new TreeMap<>();
        List<String> current = List.of();
        for (String line : Files.readAllLines(truth.resolve("tasks-stack.txt"))) {
            if (line.startsWith("==> ")) {
                current = new ArrayList<>();
                stacks.put(Integer.parseInt(line.split("/", -1)[4]), current);
            } else if (line.startsWith("[<0>] ")) {
                current.add(line.substring("[<0>] ".length()));
            }
        }
        return stacks;
    }

    /// The addresses of the frames that are no inlined functions, by thread number.
    static Map<Integer, List<Long>> ofDrgn(String text) {
        Map<Integer, List<Long>> stacks = new TreeMap<>();
        List<Long> current = List.of();
        for (String line : text.lines().toList()) {
            if (line.startsWith("PID ")) {
                current = new ArrayList<>();
                stacks.put(Integer.parseInt(line.split(" ", -1)[1]), current);
            } else if (line.startsWith("#") && !line.endsWith("(inline)")) {
                current.add(Long.parseUnsignedLong(line.split(" +", -1)[1].substring(2), 16));
            }
        }
        return stacks;
    }

    /// Place on the stack and address of each frame in the kernel that `bt` shows, by thread number.
    static Map<Integer, List<String>> ofCrash(String text) {
        Map<Integer, List<String>> stacks = new TreeMap<>();
        List<String> current = List.of();
        for (String line : text.lines().toList()) {
            String[] words = line.strip().split(" +", -1);
            if (line.startsWith("PID: ")) {
                current = new ArrayList<>();
                stacks.put(Integer.parseInt(words[1]), current);
            } else if (words[0].startsWith("#")) {
                String address = words[words.length - 1];
                current.add(words[1] + " " + (address.startsWith("[") ? words[words.length - 2] : address));
            }
        }
        return stacks;
    }

    /// Frames in the kernel as [#ofCrash] gives them.
    static List<String> asCrashPrints(StackTrace trace) {
        return trace.frames().stream()
                .filter(frame -> !frame.user())
                .map(frame -> "[" + Long.toHexString(frame.slot()) + "] " + Long.toHexString(frame.address()))
                .toList();
    }

    /// As `/proc/PID/stack` would print it: without the user program and without the scheduler's functions (kernel:
    /// `kernel/sched/core.c`, `in_sched_functions`).
    static List<String> asTheKernelPrints(Kernel kernel, StackTrace trace) throws IOException {
        OptionalLong start = kernel.symbols().address("__sched_text_start");
        OptionalLong end = kernel.symbols().address("__sched_text_end");
        List<String> lines = new ArrayList<>();
        for (Frame frame : trace.frames()) {
            boolean scheduler = Long.compareUnsigned(frame.address(), start.orElseThrow()) >= 0
                    && Long.compareUnsigned(frame.address(), end.orElseThrow()) < 0;
            if (!frame.user() && !scheduler && lines.size() < MOST_LINES) {
                lines.add(line(frame.place().orElseThrow()));
            }
        }
        return lines;
    }

    private static String line(Place place) {
        String module = place.symbol().module();
        return place.symbol().name() + "+0x" + Long.toHexString(place.offset()) + "/0x"
                + Long.toHexString(place.symbol().bytes()) + (module.isEmpty() ? "" : " [" + module + "]");
    }

    static List<Long> addresses(StackTrace trace) {
        return trace.frames().stream().map(Frame::address).toList();
    }

    static List<String> hexadecimal(List<Long> addresses) {
        return addresses.stream().map(Long::toHexString).toList();
    }
}
