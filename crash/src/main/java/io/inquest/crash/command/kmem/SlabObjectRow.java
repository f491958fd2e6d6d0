package io.inquest.crash.command.kmem;

import io.inquest.crash.result.Layout;
import io.inquest.crash.result.TextWriter;
import io.inquest.kernel.slab.Slab;
import io.inquest.kernel.slab.SlabCaches;
import io.inquest.kernel.slab.SlabContents;
import io.inquest.kernel.slab.SlabObject;
import io.inquest.output.JsonWriter;
import java.io.IOException;

/// An object of a slab, with its cache.
record SlabObjectRow(SlabObject object, SlabRow cache, SlabText text) {

    static final Layout<SlabObjectRow> ONE = new ObjectLayout(false);
    static final Layout<SlabObjectRow> WHOLE_SLAB = new ObjectLayout(true);

    static SlabObjectRow of(SlabObject object, SlabCaches caches) throws IOException {
        Slab slab = object.slab();
        SlabContents contents = caches.contents(slab.cache());
        SlabText text = new SlabText(slab, SlabCaches.free(slab), SlabDetail.holders(contents));
        return new SlabObjectRow(object, SlabRow.of(slab.cache(), contents), text);
    }

    private record ObjectLayout(boolean wholeSlab) implements Layout<SlabObjectRow> {

        @Override
        public void begin(TextWriter out) throws IOException {
            SlabRow.USAGE.begin(out);
        }

        @Override
        public void text(SlabObjectRow row, TextWriter out) throws IOException {
            SlabRow.USAGE.text(row.cache(), out);
            row.text().heading(out);
            if (wholeSlab) {
                row.text().objects(out);
            } else {
                row.text().object(row.object().slab().indexOf(row.object().address()), out);
            }
        }

        @Override
        public void members(SlabObjectRow row, JsonWriter json) throws IOException {
            json.name("object")
                    .hex(row.object().address())
                    .name("state")
                    .value(row.object().state().name());
            json.name("slab").hex(row.object().slab().address());
            json.name("cache").beginObject();
            SlabRow.USAGE.members(row.cache(), json);
            json.endObject();
        }
    }
}
