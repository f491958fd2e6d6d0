package io.inquest.crash.command.kmem;

import io.inquest.crash.command.Gathering;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.zone.Counters;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// `kmem -V`: the kernel's counters. A kind that cannot be had is told of and costs no other.
final class CountersPart {

    private CountersPart() {}

    /// Counters of one kind.
    ///
    /// @param labelWidth width of the column of names, which kinds may share
    record Group(String title, Map<String, Long> values, int labelWidth) {}

    static Result of(Kernel kernel) throws IOException {
        Counters counters = new Counters(kernel);
        Gathering known = new Gathering();
        Map<String, Long> zones = known.fact(counters::zones).orElse(Map.of());
        Map<String, Long> nodes = known.fact(counters::nodes).orElse(Map.of());
        Map<String, Long> numa = known.fact(counters::numa).orElse(Map.of());
        Map<String, Long> events = known.fact(counters::events).orElse(Map.of());
        int width = Math.max(longest(zones), longest(nodes));
        List<Result> parts = new ArrayList<>();
        add(parts, new Group("VM_ZONE_STAT", zones, width));
        add(parts, new Group("VM_NODE_STAT", nodes, width));
        add(parts, new Group("VM_NUMA_STAT", numa, longest(numa)));
        add(parts, new Group("VM_EVENT_STATES", events, longest(events)));
        return new Result.Several(
                sink -> RowSource.<Result>of(parts).forEach(sink).and(known.ending()), false);
    }

    private static void add(List<Result> parts, Group group) {
        if (!group.values().isEmpty()) {
            parts.add(Result.one(group, new GroupLayout()));
        }
    }

    /// Length of the longest name.
    static int longest(Map<String, Long> values) {
        return values.keySet().stream().mapToInt(String::length).max().orElse(0);
    }

    /// A line for each counter, names at the right.
    static void lines(Map<String, Long> values, int width, TextWriter out) throws IOException {
        for (Map.Entry<String, Long> each : values.entrySet()) {
            out.right(each.getKey(), width).text(": ").number(each.getValue()).newLine();
        }
    }

    /// The counters as members of an object.
    static void members(Map<String, Long> values, JsonWriter json) throws IOException {
        for (Map.Entry<String, Long> each : values.entrySet()) {
            json.name(each.getKey()).value(each.getValue());
        }
    }

    private static final class GroupLayout implements Layout<Group> {

        @Override
        public void text(Group row, TextWriter out) throws IOException {
            out.text("  ").text(row.title()).line(":");
            lines(row.values(), row.labelWidth(), out);
            out.newLine();
        }

        @Override
        public void members(Group row, JsonWriter json) throws IOException {
            json.name("kind").value(row.title());
            CountersPart.members(row.values(), json);
        }
    }
}
