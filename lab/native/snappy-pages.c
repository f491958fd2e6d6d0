/*
 * Rewrites a kdump-compressed file whose pages are stored as they are into one whose pages
 * are compressed by libsnappy, as makedumpfile -p does. For samples: no Debian package of
 * makedumpfile or QEMU writes snappy.
 *
 *     snappy-pages IN OUT
 *
 * Written from the layout of the format (header version 6, 64-bit, little-endian):
 *   block 0                    header: status at 424, block size 428, sub-header blocks 432,
 *                              bitmap blocks 436
 *   then                       sub-header: split 12, start frame 80, end frame 88, frames 96; notes
 *   then                       two bitmaps of the same size
 *   then                       page descriptors of 24 bytes: offset 8, size 4, flags 4, page flags 8
 *   then                       page data
 * A page is compressed only if that makes it shorter, like makedumpfile does. Pages that share
 * their data (the zero page) go on sharing it.
 */
#include <snappy-c.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STATUS = 424, BLOCK_SIZE = 428, SUB_BLOCKS = 432, BITMAP_BLOCKS = 436, DESCRIPTOR = 24, SNAPPY = 4 };
enum { SPLIT = 12, START_PFN = 80, END_PFN = 88, MAX_PFN = 96 };

static void die(const char *what)
{
	fprintf(stderr, "snappy-pages: %s\n", what);
	exit(1);
}

static uint32_t u32(const uint8_t *p) { uint32_t v; memcpy(&v, p, 4); return v; }
static uint64_t u64(const uint8_t *p) { uint64_t v; memcpy(&v, p, 8); return v; }

static uint8_t *slurp(const char *name, size_t *size)
{
	FILE *f = fopen(name, "rb");
	uint8_t *data;
	if (!f || fseek(f, 0, SEEK_END) || (long)(*size = ftell(f)) < 4096)
		die("cannot read the input");
	rewind(f);
	if (!(data = malloc(*size)) || fread(data, 1, *size, f) != *size)
		die("cannot read the input");
	fclose(f);
	return data;
}

/* How many bits of the second bitmap are set in the part's range of page frames. */
static size_t dumped_pages(const uint8_t *in, size_t size, uint32_t block, size_t table)
{
	const uint8_t *sub = in + block, *bitmap = in + table - (size_t)block * u32(in + BITMAP_BLOCKS) / 2;
	int split = u32(sub + SPLIT) != 0;
	uint64_t pfn = split ? u64(sub + START_PFN) : 0, end = split ? u64(sub + END_PFN) : u64(sub + MAX_PFN);
	size_t count = 0;

	if (table > size || end > 4ULL * block * u32(in + BITMAP_BLOCKS))
		die("the input is too short for its bitmaps");
	for (; pfn < end; pfn++)
		count += bitmap[pfn / 8] >> pfn % 8 & 1;
	return count;
}

int main(int argc, char **argv)
{
	size_t size, table, count, at;
	uint8_t *in, *out, *zero = NULL;
	uint32_t block;
	uint64_t first;
	FILE *f;

	if (argc != 3)
		die("usage: snappy-pages IN OUT");
	in = slurp(argv[1], &size);
	if (memcmp(in, "KDUMP   ", 8))
		die("the input is not a kdump-compressed file");
	block = u32(in + BLOCK_SIZE);
	table = (size_t)block * (1 + u32(in + SUB_BLOCKS) + u32(in + BITMAP_BLOCKS));
	count = dumped_pages(in, size, block, table);
	first = table + count * DESCRIPTOR;
	if (first > size)
		die("the input is too short for its page descriptors");
	for (size_t i = 0; i < count; i++) {
		const uint8_t *d = in + table + i * DESCRIPTOR;
		if (u32(d + 12))
			die("a page of the input is compressed already");
		if (u64(d) < first || u64(d) + u32(d + 8) > size)
			die("a page lies outside of the input");
	}
	/* Page data can only shrink, so the output fits into the input's size and one page of slack. */
	if (!(out = calloc(1, size + snappy_max_compressed_length(block))))
		die("no memory");
	memcpy(out, in, first);
	out[STATUS] = (out[STATUS] & ~0x27) | SNAPPY;
	at = first;
	for (size_t i = 0; i < count; i++) {
		uint8_t *d = out + table + i * DESCRIPTOR;
		uint64_t from = u64(d);
		uint32_t length = u32(d + 8), flags = 0;
		size_t packed = snappy_max_compressed_length(length);
		if (from == first && zero) {
			memcpy(d, zero, 16);
			continue;
		}
		if (snappy_compress((const char *)in + from, length, (char *)out + at, &packed) == SNAPPY_OK && packed < length)
			flags = SNAPPY;
		else
			memcpy(out + at, in + from, packed = length);
		memcpy(d, &(uint64_t){at}, 8);
		memcpy(d + 8, &(uint32_t){packed}, 4);
		memcpy(d + 12, &flags, 4);
		if (from == first)
			zero = d;
		at += packed;
	}
	if (!(f = fopen(argv[2], "wb")) || fwrite(out, 1, at, f) != at || fclose(f))
		die("cannot write the output");
	return 0;
}
