#include "lz_block.h"

#include <string.h>

enum {
    LEAST_MATCH = 4,
    LOOK_AHEAD = 8,
    HASH_BITS = 12,
    STEP_SHIFT = 4,
    SHORT_RUN = 16,
    MOST_SHORT_DISTANCE = 0x4000,
};

/*
 * What a format writes: before literals; a match; and both at once for a run of at most SHORT_RUN literals that is not
 * the block's first, with room to read and write SHORT_RUN bytes. Each returns where it stopped writing.
 *
 * Nearly all runs and matches are short ones. How short cannot be foreseen, so that a branch for each case would cost
 * more than to work out all cases: those functions have none.
 */
struct block_format {
    size_t most_distance;
    size_t most_short_match;
    uint8_t *(*literals)(size_t length, uint8_t *to, const uint8_t *start);
    uint8_t *(*match)(size_t length, size_t distance, uint8_t *to);
    uint8_t *(*short_run)(const uint8_t *from, size_t length, uint8_t *to);
    uint8_t *(*short_match)(size_t length, size_t distance, uint8_t *to);
};

static uint32_t load32(const uint8_t *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t load64(const uint8_t *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint32_t hash(uint32_t word)
{
    return (word * 0x9E3779B1u) >> (32 - HASH_BITS);
}

static size_t equal_bytes(const uint8_t *at, size_t distance, const uint8_t *end)
{
    const uint8_t *from = at;
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (; end - at >= 8; at += 8) {
        uint64_t difference = load64(at) ^ load64(at - distance);
        if (difference)
            return at - from + (__builtin_ctzll(difference) >> 3);
    }
#endif
    while (at < end && *at == at[-(ptrdiff_t)distance])
        at++;
    return at - from;
}

/* Positions in the table are counted from a base below the block, so that those of earlier blocks are too small. */
static uint32_t begin_epoch(struct match_table *table, size_t length)
{
    if (table->epoch == 0 || table->epoch > UINT32_MAX - length - 1) {
        memset(table->heads, 0, sizeof table->heads);
        table->epoch = 1;
    }
    uint32_t epoch = table->epoch;
    table->epoch += length + 1;
    return epoch;
}

/*
 * Copies literals by words. This reads and writes up to 7 bytes too many: before a match the source has LOOK_AHEAD
 * more, and the target has room for the worst case.
 */
static inline uint8_t *copy_words(const uint8_t *from, size_t length, uint8_t *to)
{
    for (size_t i = 0; i < length; i += 8)
        memcpy(to + i, from + i, 8);
    return to + length;
}

/* Writes the literals before a match, and the match. */
static inline __attribute__((always_inline)) uint8_t *put(
    const uint8_t *from, size_t literals, const uint8_t *end, size_t match, size_t distance, uint8_t *to,
    const uint8_t *start, const struct block_format format)
{
    if (literals <= SHORT_RUN && to != start && end - from >= SHORT_RUN) {
        to = format.short_run(from, literals, to);
    } else {
        to = format.literals(literals, to, start);
        to = copy_words(from, literals, to);
    }
    return match <= format.most_short_match && distance <= MOST_SHORT_DISTANCE ? format.short_match(match, distance, to)
                                                                               : format.match(match, distance, to);
}

/*
 * Inlined into one function for each format: the calls through `format` are then calls of known functions.
 *
 * Where the last distance matches again it is taken before what the table has. Both are looked at without a branch:
 * which of them it will be cannot be foreseen, either.
 */
static inline __attribute__((always_inline)) uint8_t *compress(
    struct match_table *table, const uint8_t *source, size_t length, uint8_t *target, const struct block_format format)
{
    const uint32_t epoch = begin_epoch(table, length);
    const uint8_t *end = source + length;
    const uint8_t *literals = source;
    uint8_t *to = target;
    size_t last_distance = 1;
    size_t at = 1;
    while (at + LOOK_AHEAD <= length) {
        uint32_t word = load32(source + at);
        uint32_t *slot = &table->heads[hash(word)];
        size_t distance = (uint32_t)(epoch + at - *slot);
        *slot = epoch + at;
        size_t most = at < format.most_distance ? at : format.most_distance;
        distance = distance <= most ? distance : last_distance;
        distance = load32(source + at - last_distance) == word ? last_distance : distance;
        if (load32(source + at - distance) != word) {
            at += 1 + ((source + at - literals) >> STEP_SHIFT);
            continue;
        }
        const uint8_t *match = source + at;
        const uint8_t *match_end = match + LEAST_MATCH;
        match_end += equal_bytes(match_end, distance, end);
        to = put(literals, match - literals, end, match_end - match, distance, to, target, format);
        last_distance = distance;
        literals = match_end;
        at = match_end - source;
        if (at + LOOK_AHEAD <= length)
            table->heads[hash(load32(match_end - 2))] = epoch + at - 2;
    }
    to = format.literals(end - literals, to, target);
    memcpy(to, literals, end - literals);
    return to + (end - literals);
}

/* LZO1X */

static uint8_t *lzo_run(size_t number, uint8_t *to)
{
    for (; number > 255; number -= 255)
        *to++ = 0;
    *to++ = number;
    return to;
}

static inline uint8_t *lzo_literals(size_t length, uint8_t *to, const uint8_t *start)
{
    if (length == 0)
        return to;
    if (to == start && length <= 255 - 17) {
        *to++ = 17 + length;
    } else if (to != start && length <= 3) {
        to[-2] |= length;
    } else if (length <= 18) {
        *to++ = length - 3;
    } else {
        *to++ = 0;
        to = lzo_run(length - 18, to);
    }
    return to;
}

static inline uint8_t *lzo_length(unsigned marker, size_t length, size_t most, uint8_t *to)
{
    if (length <= most) {
        *to++ = marker | (length - 2);
        return to;
    }
    *to++ = marker;
    return lzo_run(length - most, to);
}

static inline uint8_t *lzo_match(size_t length, size_t distance, uint8_t *to)
{
    size_t back = distance - 1;
    if (distance <= 0x800 && length <= 8) {
        *to++ = ((length - 1) << 5) | ((back & 7) << 2);
        *to++ = back >> 3;
        return to;
    }
    if (distance <= 0x4000) {
        to = lzo_length(0x20, length, 33, to);
    } else {
        back = distance - 0x4000;
        to = lzo_length(0x10 | ((back >> 11) & 8), length, 9, to);
    }
    *to++ = back << 2;
    *to++ = back >> 6;
    return to;
}

static inline uint8_t *lzo_short_run(const uint8_t *from, size_t length, uint8_t *to)
{
    to[-2] |= length <= 3 ? length : 0;
    *to = length - 3;
    to += length > 3;
    memcpy(to, from, SHORT_RUN);
    return to + length;
}

static inline uint8_t *lzo_short_match(size_t length, size_t distance, uint8_t *to)
{
    size_t back = distance - 1;
    size_t near = (distance <= 0x800) & (length <= 8);
    to[0] = near ? ((length - 1) << 5) | ((back & 7) << 2) : 0x20 | (length - 2);
    to[1] = near ? back >> 3 : back << 2;
    to[2] = back >> 6;
    return to + 3 - near;
}

size_t lzo_compress(struct match_table *table, const uint8_t *source, size_t length, uint8_t *target)
{
    const struct block_format lzo = {0xbfff, 33, lzo_literals, lzo_match, lzo_short_run, lzo_short_match};
    uint8_t *to = compress(table, source, length, target, lzo);
    *to++ = 0x11;
    *to++ = 0;
    *to++ = 0;
    return to - target;
}

/* snappy */

static inline uint8_t *snappy_literals(size_t length, uint8_t *to, const uint8_t *start)
{
    (void)start;
    if (length == 0)
        return to;
    size_t number = length - 1;
    if (number < 60) {
        *to++ = number << 2;
    } else {
        unsigned bytes = number < 1 << 8 ? 1 : number < 1 << 16 ? 2 : number < 1 << 24 ? 3 : 4;
        *to++ = (59 + bytes) << 2;
        for (; bytes > 0; bytes--, number >>= 8)
            *to++ = number;
    }
    return to;
}

static inline uint8_t *snappy_far_copy(size_t length, size_t distance, uint8_t *to)
{
    *to++ = ((length - 1) << 2) | 2;
    *to++ = distance;
    *to++ = distance >> 8;
    return to;
}

static inline uint8_t *snappy_match(size_t length, size_t distance, uint8_t *to)
{
    for (; length >= 68; length -= 64)
        to = snappy_far_copy(64, distance, to);
    if (length > 64) {
        to = snappy_far_copy(60, distance, to);
        length -= 60;
    }
    if (length > 11 || distance > 0x7ff)
        return snappy_far_copy(length, distance, to);
    *to++ = ((distance >> 8) << 5) | ((length - 4) << 2) | 1;
    *to++ = distance;
    return to;
}

static inline uint8_t *snappy_short_run(const uint8_t *from, size_t length, uint8_t *to)
{
    *to = (length - 1) << 2;
    to += length > 0;
    memcpy(to, from, SHORT_RUN);
    return to + length;
}

static inline uint8_t *snappy_short_match(size_t length, size_t distance, uint8_t *to)
{
    size_t near = (distance <= 0x7ff) & (length <= 11);
    to[0] = near ? ((distance >> 8) << 5) | ((length - 4) << 2) | 1 : ((length - 1) << 2) | 2;
    to[1] = distance;
    to[2] = distance >> 8;
    return to + 3 - near;
}

size_t snappy_compress_block(struct match_table *table, const uint8_t *source, size_t length, uint8_t *target)
{
    const struct block_format snappy = {0xffff, 64, snappy_literals, snappy_match, snappy_short_run, snappy_short_match};
    uint8_t *to = target;
    size_t rest = length;
    for (; rest > 0x7f; rest >>= 7)
        *to++ = rest | 0x80;
    *to++ = rest;
    return compress(table, source, length, to, snappy) - target;
}

size_t lz_worst_case(size_t length)
{
    return length + length / 6 + 64;
}
