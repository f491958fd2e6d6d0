package io.inquest.kernel.slab;

import io.inquest.dump.MemoryFault;
import io.inquest.kernel.Kernel;
import io.inquest.kernel.object.KernelList;
import io.inquest.kernel.object.KernelObject;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.page.FrameAddresses;
import io.inquest.kernel.page.PageInfo;
import io.inquest.kernel.page.PageMap;
import io.inquest.kernel.type.StructType;
import io.inquest.kernel.type.Types;
import java.io.IOException;
import java.util.BitSet;
import java.util.Optional;
import java.util.OptionalLong;

/// The slab caches of a kernel: all of them, and the one that an address belongs to.
///
/// ```java
/// SlabCaches caches = SlabCaches.of(kernel);
/// for (SlabCache cache : caches.all()) { … caches.contents(cache).usage() … }
/// caches.objectAt(address);    // which object of which cache, and whether it is in use
/// ```
public final class SlabCaches {

    private final Kernel kernel;
    private final PageMap pages;
    private final FrameAddresses frames;
    private final StructType cacheType;
    private final StructType slabType;

    private SlabCaches(Kernel kernel) throws IOException {
        this.kernel = kernel;
        this.pages = kernel.pageMap();
        this.frames = FrameAddresses.of(kernel, pages);
        this.cacheType = kernel.types().struct("kmem_cache");
        Types types = kernel.types();
        this.slabType = types.structWith("slab", "slab_cache").orElseGet(() -> types.struct("page"));
    }

    /// Throws a [io.inquest.dump.DumpException] when struct pages or types cannot be found.
    public static SlabCaches of(Kernel kernel) throws IOException {
        return new SlabCaches(kernel);
    }

    /// The caches in the order of the kernel's list, the newest first.
    public Walk<SlabCache> all() throws IOException {
        return KernelList.entries(kernel.object("slab_caches"), cacheType, "list")
                .map(cache -> new SlabCache(cache.loadedIfReadable()));
    }

    /// The cache whose `struct kmem_cache` lies at an address.
    public SlabCache at(long address) throws IOException {
        return new SlabCache(KernelObject.at(kernel.space(), cacheType, address).loadedIfReadable());
    }

    /// What a cache holds.
    public SlabContents contents(SlabCache cache) throws IOException {
        return new SlabContents(kernel, this, cache);
    }

    /// The slab that a `struct slab` or `struct page` at an address describes, for a cache that is known to
    /// own it.
    Optional<Slab> slab(SlabCache cache, long address) throws IOException {
        OptionalLong pfn = frames.frame(address);
        OptionalLong memory = pfn.isPresent() ? frames.directMap(pfn.getAsLong()) : OptionalLong.empty();
        if (memory.isEmpty()) {
            return Optional.empty();
        }
        KernelObject struct = KernelObject.at(kernel.space(), slabType, address);
        return Optional.of(new Slab(struct.loadedIfReadable(), cache, memory.getAsLong()));
    }

    StructType slabType() {
        return slabType;
    }

    /// The slab that a virtual address of the kernel lies in; empty for memory that is no slab's.
    public Optional<Slab> slabAt(long address) throws IOException {
        OptionalLong pfn = frames.frameAt(address);
        if (pfn.isEmpty()) {
            return Optional.empty();
        }
        Optional<PageInfo.StructPage> page = pages.describe(pfn.getAsLong()).structPage();
        if (page.isPresent() && page.get().head().isPresent()) {
            page = pages.describe(page.get().head().getAsLong()).structPage();
        }
        if (page.isEmpty() || !isSlab(page.get())) {
            return Optional.empty();
        }
        KernelObject struct =
                KernelObject.at(kernel.space(), slabType, page.get().address());
        try {
            return slab(at(struct.member("slab_cache").unsigned()), struct.address());
        } catch (MemoryFault unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isSlab(PageInfo.StructPage page) {
        return page.typeName().equals("slab") || page.flagNames().contains("slab");
    }

    /// The object that an address lies in; empty for memory that is no slab's, and beside the objects of one.
    public Optional<SlabObject> objectAt(long address) throws IOException {
        Optional<Slab> slab = slabAt(address);
        if (slab.isEmpty() || slab.get().indexOf(address) < 0) {
            return Optional.empty();
        }
        int index = slab.get().indexOf(address);
        return Optional.of(new SlabObject(
                slab.get(),
                slab.get().object(index),
                contents(slab.get().cache()).state(slab.get(), index)));
    }

    /// Which objects of a slab are on its own free list.
    public static BitSet free(Slab slab) {
        return Freelist.from(slab, slab.freelist()).free();
    }
}
