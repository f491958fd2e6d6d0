package io.inquest.crash.command.kmem;

import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Layout;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.vm.VmallocArea;
import io.inquest.kernel.vm.VmallocAreas;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// `kmem -v`: what is mapped in the kernel outside the direct map.
final class VmallocPart implements Layout<VmallocArea> {

    static final Layout<VmallocArea> LAYOUT = new VmallocPart();

    private VmallocPart() {}

    /// All areas with a `struct vm_struct`, or those that hold one of the addresses asked for.
    static Result of(Invocation invocation) throws IOException {
        VmallocAreas areas = VmallocAreas.of(invocation.kernel());
        long[] asked =
                invocation.words().stream().mapToLong(invocation::address).toArray();
        return Result.rows(
                "areas",
                sink -> {
                    for (VmallocArea area : areas.areas()) {
                        if (area.mapped().isPresent() && isAsked(area, asked)) {
                            sink.take(area);
                        }
                    }
                    return Ending.of(areas.end());
                },
                LAYOUT);
    }

    private static boolean isAsked(VmallocArea area, long[] asked) {
        for (long address : asked) {
            if (area.contains(address)) {
                return true;
            }
        }
        return asked.length == 0;
    }

    @Override
    public void begin(TextWriter out) throws IOException {
        out.line("   VMAP_AREA         VM_STRUCT                 ADDRESS RANGE                SIZE");
    }

    @Override
    public void text(VmallocArea area, TextWriter out) throws IOException {
        out.hex(area.address(), 16).text("  ");
        out.hex(area.mapped().map(KernelObject::address).orElse(0L), 16).text("  ");
        out.hex(area.start(), 16).text(" - ").hex(area.end(), 16).text("  ");
        out.right(area.end() - area.start(), 7).newLine();
    }

    @Override
    public void members(VmallocArea area, JsonWriter json) throws IOException {
        json.name("area").hex(area.address());
        json.name("struct").hex(area.mapped().map(KernelObject::address).orElse(0L));
        json.name("start").hex(area.start()).name("end").hex(area.end());
        json.name("bytes").value(area.end() - area.start());
    }
}
