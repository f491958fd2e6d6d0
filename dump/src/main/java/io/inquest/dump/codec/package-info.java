/// Page codecs of the kdump-compressed format: zlib, LZO1X, snappy and zstd.
@NullMarked
package io.inquest.dump.codec;

import org.jspecify.annotations.NullMarked;
