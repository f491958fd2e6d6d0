/*
 * Raw LZO1X and snappy blocks, written as LzoCompressor and SnappyCompressor in Java write them, byte for byte: their
 * comments and docs/formats/codecs.md say how. A test compares the two.
 */
#ifndef INQUEST_LZ_BLOCK_H
#define INQUEST_LZ_BLOCK_H

#include <stddef.h>
#include <stdint.h>

/* The hash table of one thread; all zeros to begin with. */
struct match_table {
    uint32_t heads[1 << 12];
    uint32_t epoch;
};

/* The most bytes that a block of `length` bytes can become. */
size_t lz_worst_case(size_t length);

size_t lzo_compress(struct match_table *table, const uint8_t *source, size_t length, uint8_t *target);
size_t snappy_compress_block(struct match_table *table, const uint8_t *source, size_t length, uint8_t *target);

#endif
