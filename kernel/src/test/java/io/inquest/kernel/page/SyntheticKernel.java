package io.inquest.kernel.page;

import io.inquest.kernel.VmcoreInfo;
import io.inquest.testkit.KernelEra;
import io.inquest.testkit.StructPageBuilder;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// A kernel with FLATMEM and the struct pages of one era.
final class SyntheticKernel {

    static final int PAGE_SHIFT = 12;
    private static final long MEM_MAP_SYMBOL = 0xffff_ffff_8200_0000L;
    private static final long MEM_MAP = 0xffff_ea00_0000_0000L;

    final SyntheticSpace space;
    final StructPageBuilder pages;
    final List<String> warnings = new ArrayList<>();
    private final KernelEra era;
    private final int frames;
    private String info;

    SyntheticKernel(KernelEra era, ByteOrder order, int frames) {
        this.era = era;
        this.frames = frames;
        this.space = new SyntheticSpace(era.wordBytes(), order);
        this.pages = new StructPageBuilder(era, order, memMap(), frames);
        this.info = era.vmcoreinfo() + "SYMBOL(mem_map)=" + Long.toHexString(clip(MEM_MAP_SYMBOL)) + "\n";
    }

    static SyntheticKernel of(KernelEra era, int frames) {
        return new SyntheticKernel(era, ByteOrder.LITTLE_ENDIAN, frames);
    }

    /// One line about struct pages is missing.
    static SyntheticKernel without(KernelEra era, String key) {
        SyntheticKernel kernel = of(era, 64);
        kernel.info = withoutLine(kernel.info, key);
        return kernel;
    }

    /// One line has another value.
    static SyntheticKernel changed(KernelEra era, String line) {
        SyntheticKernel kernel = without(era, line.substring(0, line.indexOf('=')));
        return kernel.with(line + "\n");
    }

    private static String withoutLine(String text, String key) {
        int start = text.indexOf(key + "=");
        return text.substring(0, start) + text.substring(text.indexOf('\n', start) + 1);
    }

    long memMap() {
        return era.wordBytes() == Long.BYTES ? MEM_MAP : 0xc100_0000L;
    }

    private long clip(long address) {
        return era.wordBytes() == Long.BYTES ? address : address & 0xffff_ffffL;
    }

    SyntheticKernel with(String lines) {
        info += lines;
        return this;
    }

    VmcoreInfo vmcoreInfo() {
        return VmcoreInfo.parse(info);
    }

    PageMap open() throws IOException {
        space.words(clip(MEM_MAP_SYMBOL), memMap()).put(memMap(), pages.bytes());
        return PageMap.open(space, vmcoreInfo(), bounds(frames), warnings::add);
    }

    static MemoryBounds bounds(long endPfn) {
        return new MemoryBounds(endPfn, PAGE_SHIFT, 27, 46);
    }

    /// The classes of all frames.
    PageClass[] classes() throws IOException {
        return classes(open(), 0, frames, 1);
    }

    static PageClass[] classes(PageMap map, long firstPfn, int frames, int threads) throws IOException {
        byte[] codes = new byte[frames];
        map.classify(firstPfn, frames, codes, threads);
        PageClass[] classes = new PageClass[frames];
        for (int i = 0; i < frames; i++) {
            classes[i] = PageClass.of(codes[i]);
        }
        return classes;
    }
}
