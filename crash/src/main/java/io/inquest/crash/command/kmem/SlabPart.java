package io.inquest.crash.command.kmem;

import io.inquest.crash.UsageException;
import io.inquest.crash.command.Invocation;
import io.inquest.crash.result.Ending;
import io.inquest.crash.result.Result;
import io.inquest.crash.result.RowSource;
import io.inquest.dump.MemoryFault;
import io.inquest.kernel.object.Walk;
import io.inquest.kernel.slab.SlabCache;
import io.inquest.kernel.slab.SlabCaches;
import io.inquest.kernel.slab.SlabObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `kmem -s` and `-S`: slab caches, how full they are, and where their objects lie.
final class SlabPart {

    private final Invocation invocation;
    private final List<String> ignored;
    private final SlabCaches caches;

    SlabPart(Invocation invocation, List<String> ignored) throws IOException {
        this.invocation = invocation;
        this.ignored = ignored;
        this.caches = SlabCaches.of(invocation.kernel());
    }

    /// A row for each cache, or for those asked for.
    Result usage() throws IOException {
        List<String> words = invocation.words();
        if (words.size() == 1 && words.getFirst().equals("list")) {
            return Result.rows("caches", rows(), SlabRow.NAMES);
        }
        if (words.isEmpty()) {
            return Result.rows("caches", rows(), SlabRow.USAGE);
        }
        List<Result> parts = new ArrayList<>();
        for (String word : words) {
            parts.add(usage(word));
        }
        return Result.several(parts);
    }

    private RowSource<SlabRow> rows() throws IOException {
        Walk<SlabCache> all = caches.all();
        return sink -> {
            List<SlabRow> unsure = new ArrayList<>();
            for (SlabCache cache : all) {
                SlabRow row = row(cache);
                sink.take(row);
                if (!row.missing().isEmpty()) {
                    unsure.add(row);
                }
            }
            return Ending.of(all.end()).and(unsure(unsure));
        };
    }

    /// One sentence for all: in a dump without the free objects' pages it is the same for most caches.
    private static Ending unsure(List<SlabRow> rows) {
        if (rows.isEmpty()) {
            return Ending.COMPLETE;
        }
        SlabRow first = rows.getFirst();
        String caches = rows.size() == 1 ? "1 cache" : rows.size() + " caches";
        return Ending.incomplete("how many objects are in use is not known of " + caches + "; the first: "
                + first.cache().name() + ": " + first.missing());
    }

    private SlabRow row(SlabCache cache) throws IOException {
        return ignored.contains(cache.name()) ? SlabRow.ignored(cache) : SlabRow.of(cache, caches.contents(cache));
    }

    private Result usage(String word) throws IOException {
        Optional<SlabCache> named = named(word);
        if (named.isPresent()) {
            SlabRow row = row(named.get());
            return Result.one(row, SlabRow.USAGE, row.missing().isEmpty() ? Ending.COMPLETE : unsure(List.of(row)));
        }
        return Result.one(SlabObjectRow.of(object(word), caches), SlabObjectRow.ONE);
    }

    /// The cache of that name, or whose `struct kmem_cache` is there.
    private Optional<SlabCache> named(String word) throws IOException {
        return caches.all()
                .first(cache -> cache.name().equals(word)
                        || Long.toHexString(cache.address()).equals(word));
    }

    private SlabObject object(String word) throws IOException {
        long address = invocation.address(word);
        return caches.objectAt(address)
                .orElseThrow(() ->
                        new UsageException("address is not allocated in slab subsystem: " + Long.toHexString(address)));
    }

    /// The same with all slabs and objects, of CPUs those in the list.
    Result objects(List<Integer> cpus) throws IOException {
        if (invocation.words().isEmpty()) {
            Walk<SlabCache> all = caches.all();
            return new Result.Several(
                    sink -> {
                        for (SlabCache cache : all) {
                            if (!ignored.contains(cache.name())) {
                                sink.take(detailed(cache, cpus));
                            }
                        }
                        return Ending.of(all.end());
                    },
                    false);
        }
        List<Result> parts = new ArrayList<>();
        for (String word : invocation.words()) {
            Optional<SlabCache> named = named(word);
            parts.add(
                    named.isPresent()
                            ? detailed(named.get(), cpus)
                            : Result.one(SlabObjectRow.of(object(word), caches), SlabObjectRow.WHOLE_SLAB));
        }
        return Result.several(parts);
    }

    private Result detailed(SlabCache cache, List<Integer> cpus) throws IOException {
        try {
            return Result.one(SlabDetail.of(cache, caches.contents(cache), cpus), SlabDetail.LAYOUT);
        } catch (MemoryFault missing) {
            return Result.several(
                    List.of(Result.one(row(cache), SlabRow.USAGE), Result.text("(" + missing.getMessage() + ")\n")));
        }
    }
}
