package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.slab.CpuSlabs;
import io.inquest.kernel.slab.NodeSlabs;
import io.inquest.kernel.slab.Sheaf;
import io.inquest.kernel.slab.Slab;
import io.inquest.kernel.slab.SlabCache;
import io.inquest.kernel.slab.SlabCaches;
import io.inquest.kernel.slab.SlabContents;
import io.inquest.output.JsonWriter;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// All that is known of one slab cache: what each CPU and node has, of CPUs down to the objects.
///
/// Slabs without free objects are on no list of the kernel and do not appear.
///
/// @param shown the CPUs whose slabs are shown
record SlabDetail(SlabRow row, List<CpuSlabs> cpus, List<Integer> shown, List<NodeSlabs> nodes, List<Sheaf> sheaves) {

    static final Layout<SlabDetail> LAYOUT = new DetailLayout();

    static SlabDetail of(SlabCache cache, SlabContents contents, List<Integer> shown) throws IOException {
        return new SlabDetail(
                SlabRow.of(cache, contents), contents.cpus(), shown, contents.nodes(), contents.sheaves());
    }

    /// Who holds each free object that is on no slab's own list.
    static Map<Long, String> holders(SlabContents contents) throws IOException {
        return holders(contents.cpus(), contents.sheaves());
    }

    private static Map<Long, String> holders(List<CpuSlabs> cpus, List<Sheaf> sheaves) {
        Map<Long, String> holders = new HashMap<>();
        cpus.forEach(cpu -> cpu.cached().forEach(object -> holders.put(object, "cpu " + cpu.cpu())));
        sheaves.forEach(sheaf -> sheaf.objects().forEach(object -> holders.put(object, sheaf.holder())));
        return holders;
    }

    private List<CpuSlabs> shownCpus() {
        return cpus.stream().filter(cpu -> shown.contains(cpu.cpu())).toList();
    }

    private SlabText text(Slab slab) {
        return new SlabText(slab, SlabCaches.free(slab), holders(cpus, sheaves));
    }

    private static final class DetailLayout implements Layout<SlabDetail> {

        @Override
        public void text(SlabDetail detail, TextWriter out) throws IOException {
            SlabRow.USAGE.begin(out);
            SlabRow.USAGE.text(detail.row(), out);
            for (CpuSlabs cpu : detail.shownCpus()) {
                cpu(detail, cpu, out);
            }
            for (Sheaf sheaf : detail.sheaves()) {
                out.text("SHEAF ").text(sheaf.holder()).text(":  ").hex(sheaf.address());
                out.text("  ").number(sheaf.objects().size()).line(" objects");
            }
            for (NodeSlabs node : detail.nodes()) {
                node(detail, node, out);
            }
            out.newLine();
        }

        private static void cpu(SlabDetail detail, CpuSlabs cpu, TextWriter out) throws IOException {
            String name = "CPU " + cpu.cpu();
            out.text(name).line(" KMEM_CACHE_CPU:");
            out.text("  ").hex(cpu.address()).newLine();
            out.text(name).line(" SLAB:");
            slabs(detail, cpu.active().stream().toList(), out);
            out.text(name).line(" PARTIAL:");
            slabs(detail, cpu.partial(), out);
        }

        private static void node(SlabDetail detail, NodeSlabs node, TextWriter out) throws IOException {
            out.line("KMEM_CACHE_NODE   NODE  SLABS  PARTIAL  PER-CPU");
            out.hex(node.address(), 16)
                    .text("  ")
                    .right(node.node(), 4)
                    .text("  ")
                    .right(node.slabs(), 5);
            out.text("  ")
                    .right(node.partial().size(), 7)
                    .text("  ")
                    .right(perCpu(detail), 7)
                    .newLine();
            out.text("NODE ").number(node.node()).line(" PARTIAL:");
            out.line(node.partial().isEmpty() ? "  (empty)" : SlabText.HEADING);
            for (Slab slab : node.partial()) {
                detail.text(slab).line(out);
            }
            out.text("NODE ").number(node.node()).line(" FULL:");
            out.line("  (not tracked)");
        }

        private static long perCpu(SlabDetail detail) {
            return detail.shownCpus().stream()
                    .mapToLong(
                            cpu -> cpu.partial().size() + cpu.active().stream().count())
                    .sum();
        }

        private static void slabs(SlabDetail detail, List<Slab> slabs, TextWriter out) throws IOException {
            if (slabs.isEmpty()) {
                out.line("  (empty)");
            }
            for (Slab slab : slabs) {
                SlabText text = detail.text(slab);
                text.heading(out);
                text.objects(out);
            }
        }

        @Override
        public void members(SlabDetail detail, JsonWriter json) throws IOException {
            SlabRow.USAGE.members(detail.row(), json);
            json.name("slabList").beginArray();
            for (CpuSlabs cpu : detail.shownCpus()) {
                slabs(detail, cpu.active().stream().toList(), "cpu " + cpu.cpu(), json);
                slabs(detail, cpu.partial(), "cpu " + cpu.cpu() + " partial", json);
            }
            for (NodeSlabs node : detail.nodes()) {
                slabs(detail, node.partial(), "node " + node.node() + " partial", json);
            }
            json.endArray();
        }

        private static void slabs(SlabDetail detail, List<Slab> slabs, String holder, JsonWriter json)
                throws IOException {
            for (Slab slab : slabs) {
                json.beginObject().name("holder").value(holder);
                detail.text(slab).members(json);
                json.endObject();
            }
        }
    }
}
