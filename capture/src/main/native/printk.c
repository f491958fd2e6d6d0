#include "printk.h"
#include "say.h"

#include <stdlib.h>
#include <string.h>

/* Bounds of what a kernel has; beyond them the log is damaged, or not where vmcoreinfo says. */
enum { MOST_STRUCT = 4096, MOST_TEXT = 65535, MOST_COUNT_BITS = 28, MOST_SIZE_BITS = 31 };

/* The text that is written, whose last line stays open until the next record begins. */
struct lines {
    FILE *out;
    int open;
};

/* Writes one record; control characters but newline and tab, and bytes beyond ASCII, as \xNN. */
static void write_record(struct lines *lines, int continues, uint64_t nanoseconds, const unsigned char *text, size_t bytes)
{
    if (lines->open && !continues)
        putc('\n', lines->out);
    lines->open = 1;
    if (!continues)
        fprintf(lines->out, "[%5llu.%06llu] ", (unsigned long long)(nanoseconds / 1000000000),
                (unsigned long long)(nanoseconds % 1000000000 / 1000));
    for (size_t i = 0; i < bytes; i++) {
        if ((text[i] < 0x20 && text[i] != '\n' && text[i] != '\t') || text[i] >= 0x7f)
            fprintf(lines->out, "\\x%02x", text[i]);
        else
            putc(text[i], lines->out);
    }
}

/* Keys of vmcoreinfo, and where their values go. */
struct key {
    const char *name;
    uint64_t *value;
};

static int read_keys(const struct vmcore *core, const struct key *keys, size_t count, uint64_t most)
{
    for (size_t i = 0; i < count; i++) {
        if (vmcore_info(core, keys[i].name, keys[i].value) || *keys[i].value > most) {
            say("vmcoreinfo does not describe the log: %s is missing or damaged", keys[i].name);
            return -1;
        }
    }
    return 0;
}

#define COUNT(array) (sizeof(array) / sizeof *(array))

static uint64_t u64(const unsigned char *struct_, uint64_t at)
{
    uint64_t value;
    memcpy(&value, struct_ + at, sizeof value);
    return value;
}

static uint32_t u32(const unsigned char *struct_, uint64_t at)
{
    uint32_t value;
    memcpy(&value, struct_ + at, sizeof value);
    return value;
}

static uint16_t u16(const unsigned char *struct_, uint64_t at)
{
    uint16_t value;
    memcpy(&value, struct_ + at, sizeof value);
    return value;
}

/* The log since 5.10: descriptors, infos and text in three rings (kernel/printk/printk_ringbuffer.h). */
struct ring {
    const struct vmcore *core;
    uint64_t desc_bytes, state, begin, next;
    uint64_t info_bytes, time, text_len;
    uint64_t descs, infos, head, tail, data;
    uint32_t count_bits, size_bits;
};

/* What the upper two bits of a descriptor's state say; in the others there are 0 for a record that is being written, 3 for
 * one whose text was overwritten. */
enum { COMMITTED = 1, FINALIZED = 2 };

static const uint64_t ID_MASK = UINT64_MAX >> 2;

/* Both positions of a record whose text is empty. */
static const uint64_t EMPTY_LINE = 3;

static int open_ring(struct ring *ring)
{
    const struct vmcore *core = ring->core;
    uint64_t bytes, desc_ring, data_ring, count_bits, descs, infos, head, tail, size_bits, data, block, begin, next;
    uint64_t counter;
    const struct key keys[] = {
        {"SIZE(printk_ringbuffer)", &bytes},
        {"OFFSET(printk_ringbuffer.desc_ring)", &desc_ring},
        {"OFFSET(printk_ringbuffer.text_data_ring)", &data_ring},
        {"OFFSET(prb_desc_ring.count_bits)", &count_bits},
        {"OFFSET(prb_desc_ring.descs)", &descs},
        {"OFFSET(prb_desc_ring.infos)", &infos},
        {"OFFSET(prb_desc_ring.head_id)", &head},
        {"OFFSET(prb_desc_ring.tail_id)", &tail},
        {"OFFSET(prb_data_ring.size_bits)", &size_bits},
        {"OFFSET(prb_data_ring.data)", &data},
        {"OFFSET(atomic_long_t.counter)", &counter},
        {"SIZE(prb_desc)", &ring->desc_bytes},
        {"OFFSET(prb_desc.state_var)", &ring->state},
        {"OFFSET(prb_desc.text_blk_lpos)", &block},
        {"OFFSET(prb_data_blk_lpos.begin)", &begin},
        {"OFFSET(prb_data_blk_lpos.next)", &next},
        {"SIZE(printk_info)", &ring->info_bytes},
        {"OFFSET(printk_info.ts_nsec)", &ring->time},
        {"OFFSET(printk_info.text_len)", &ring->text_len},
    };
    /* Two offsets and a word more stay within a buffer of four times the bound. */
    unsigned char whole[4 * MOST_STRUCT] = {0};
    uint64_t pointer, address;
    if (read_keys(core, keys, COUNT(keys), MOST_STRUCT - sizeof(uint64_t)) || bytes == 0
        || vmcore_info(core, "SYMBOL(prb)", &pointer))
        return -1;
    if (vmcore_read(core, pointer, &address, sizeof address) || vmcore_read(core, address, whole, bytes)) {
        say("the log's ring cannot be read");
        return -1;
    }
    ring->count_bits = u32(whole, desc_ring + count_bits);
    ring->descs = u64(whole, desc_ring + descs);
    ring->infos = u64(whole, desc_ring + infos);
    ring->head = u64(whole, desc_ring + head + counter) & ID_MASK;
    ring->tail = u64(whole, desc_ring + tail + counter) & ID_MASK;
    ring->size_bits = u32(whole, data_ring + size_bits);
    ring->data = u64(whole, data_ring + data);
    ring->state += counter;
    ring->begin = block + begin;
    ring->next = block + next;
    if (ring->count_bits == 0 || ring->count_bits > MOST_COUNT_BITS || ring->size_bits == 0
        || ring->size_bits > MOST_SIZE_BITS) {
        say("the log's ring is damaged");
        return -1;
    }
    return 0;
}

/* Bytes of text between two positions, of at most `bytes`; -1 if the record has lost its text. A block that would cross the
 * end of the ring lies at its start, and each begins with the id of its descriptor. */
static long read_text(const struct ring *ring, uint64_t begin, uint64_t next, unsigned char *text, size_t bytes)
{
    if (begin == EMPTY_LINE && next == EMPTY_LINE)
        return 0;
    if ((begin & 1) || begin == next)
        return -1;
    uint64_t mask = ((uint64_t)1 << ring->size_bits) - 1;
    uint64_t last = next - 1;
    uint64_t start = begin >> ring->size_bits == last >> ring->size_bits ? begin & mask : 0;
    uint64_t end = (last & mask) + 1;
    if (end < start + sizeof(uint64_t))
        return -1;
    start += sizeof(uint64_t);
    if (bytes > end - start)
        bytes = end - start;
    return vmcore_read(ring->core, ring->data + start, text, bytes) ? -1 : (long)bytes;
}

/* 1 if the record was written, 0 if it cannot be read. */
static int write_ring_record(const struct ring *ring, uint64_t id, unsigned char *text, struct lines *lines)
{
    unsigned char desc[2 * MOST_STRUCT] = {0}, info[2 * MOST_STRUCT] = {0};
    uint64_t index = id & (((uint64_t)1 << ring->count_bits) - 1);
    if (vmcore_read(ring->core, ring->descs + index * ring->desc_bytes, desc, ring->desc_bytes)
        || vmcore_read(ring->core, ring->infos + index * ring->info_bytes, info, ring->info_bytes))
        return 0;
    uint64_t state = u64(desc, ring->state);
    unsigned kind = state >> 62;
    if ((state & ID_MASK) != id || (kind != COMMITTED && kind != FINALIZED))
        return 0;
    long bytes = read_text(ring, u64(desc, ring->begin), u64(desc, ring->next), text, u16(info, ring->text_len));
    if (bytes < 0)
        return 0;
    write_record(lines, 0, u64(info, ring->time), text, bytes);
    return 1;
}

static long write_ring(const struct vmcore *core, unsigned char *text, struct lines *lines)
{
    struct ring ring = {.core = core};
    if (open_ring(&ring))
        return -1;
    uint64_t count = (uint64_t)1 << ring.count_bits;
    uint64_t length = ((ring.head - ring.tail) & ID_MASK) + 1;
    uint64_t id = length <= count ? ring.tail : ring.head - count + 1;
    long written = 0;
    for (uint64_t left = length <= count ? length : count; left > 0; left--, id++)
        written += write_ring_record(&ring, id & ID_MASK, text, lines);
    return written;
}

/* Flags of a record of 3.5 to 5.9: its line is complete, it begins one, it may go on in the next record. */
enum { NEWLINE = 2, PREFIX = 4, CONT = 8, FLAG_BITS = 0x1f };

/* Behind text_len: dict_len, facility, and a byte of which five bits are flags. */
enum { FLAGS_BEHIND_TEXT_LEN = 5 };

/* Whether the kernel prints a record on the line of the one before it. */
static int continues(int previous, int flags)
{
    return (previous & CONT) && !(previous & NEWLINE) && ((flags & CONT) || !(flags & PREFIX));
}

/* The log of 3.5 to 5.9: records one behind the other, from log_first_idx to log_next_idx (kernel/printk/printk.c). */
static long write_records(const struct vmcore *core, unsigned char *text, struct lines *lines)
{
    uint64_t bytes, time, len, text_len, buffer_at, size_at, first_at, next_at, buffer;
    const struct key keys[] = {
        {"SIZE(printk_log)", &bytes},
        {"OFFSET(printk_log.ts_nsec)", &time},
        {"OFFSET(printk_log.len)", &len},
        {"OFFSET(printk_log.text_len)", &text_len},
    };
    const struct key symbols[] = {
        {"SYMBOL(log_buf)", &buffer_at},
        {"SYMBOL(log_buf_len)", &size_at},
        {"SYMBOL(log_first_idx)", &first_at},
        {"SYMBOL(log_next_idx)", &next_at},
    };
    uint32_t size, index, next;
    if (read_keys(core, keys, COUNT(keys), MOST_STRUCT - sizeof(uint64_t))
        || read_keys(core, symbols, COUNT(symbols), UINT64_MAX))
        return -1;
    if (vmcore_read(core, buffer_at, &buffer, sizeof buffer) || vmcore_read(core, size_at, &size, sizeof size)
        || vmcore_read(core, first_at, &index, sizeof index) || vmcore_read(core, next_at, &next, sizeof next)) {
        say("the log's buffer cannot be read");
        return -1;
    }
    long written = 0;
    uint64_t walked = 0;
    int previous = 0;
    while (index != next && walked <= size) {
        unsigned char header[2 * MOST_STRUCT] = {0};
        if (index > size || vmcore_read(core, buffer + index, header, bytes))
            break;
        uint32_t length = u16(header, len);
        if (length == 0 && index == 0)
            break;
        walked += length;
        if (length == 0) {
            index = 0; /* the next record would not have fitted at the end */
            continue;
        }
        uint32_t used = u16(header, text_len);
        if (length < bytes || used > length - bytes)
            break;
        if (vmcore_read(core, buffer + index + bytes, text, used) == 0) {
            int flags = header[text_len + FLAGS_BEHIND_TEXT_LEN] & FLAG_BITS;
            write_record(lines, continues(previous, flags), u64(header, time), text, used);
            previous = flags;
            written++;
        }
        index += length;
    }
    return written;
}

long printk_write(const struct vmcore *core, FILE *out)
{
    uint64_t symbol;
    struct lines lines = {.out = out};
    unsigned char *text = malloc(MOST_TEXT);
    if (!text) {
        say("there is no memory for a record of the log");
        return -1;
    }
    long written = vmcore_info(core, "SYMBOL(prb)", &symbol) == 0 ? write_ring(core, text, &lines)
                                                                   : write_records(core, text, &lines);
    if (lines.open)
        putc('\n', out);
    free(text);
    return written;
}
