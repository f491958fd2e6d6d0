#include "output.h"
#include "say.h"
#include "superblock.h"

#include <endian.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * The flattened format: a page with the signature, the type 1 and the version 1; records of an offset in the dump, a size and as many
 * bytes; a record of -1 and -1 at the end. Numbers are big-endian, of 8 bytes.
 */
enum { PAGE_BYTES = 4096, SIGNATURE_BYTES = 16 };

static const char SIGNATURE[SIGNATURE_BYTES] = "makedumpfile";

/*
 * What Inquest's Java keeps at a device's end (io.inquest.capture.storage.raw.RawIndex), twice: the signature, a count at 16, and from 32 on
 * entries with a state at 48 (1: whole), the lengths of two names at 49 and 50, and the names from 64 on.
 */
enum { INDEX_BYTES = 32 << 10, INDEX_HEADER_BYTES = 32, INDEX_ENTRY_BYTES = 192, INDEX_NAMES_AT = 64 };

static const char INDEX_SIGNATURE[] = "INQRAW01";

static int write_all(int file, const char *from, size_t bytes, uint64_t offset)
{
    while (bytes > 0) {
        ssize_t count = pwrite(file, from, bytes, (off_t)offset);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return -1;
        from += count;
        bytes -= count;
        offset += count;
    }
    return 0;
}

static int put_record(struct output *output, uint64_t offset, uint64_t size, const char *from, size_t bytes)
{
    uint64_t head[] = {htobe64(offset), htobe64(size)};
    if (bytes > output->limit || output->stream > output->limit - bytes - sizeof head) {
        errno = ENOSPC;
        return -1;
    }
    if (write_all(output->file, (const char *)head, sizeof head, output->stream)
        || write_all(output->file, from, bytes, output->stream + sizeof head))
        return -1;
    output->stream += sizeof head + bytes;
    return 0;
}

int output_put(struct output *output, const char *from, size_t bytes, uint64_t offset)
{
    return output->stream ? put_record(output, offset, bytes, from, bytes) : write_all(output->file, from, bytes, offset);
}

static int end_stream(struct output *output, uint64_t size)
{
    char start[PAGE_BYTES] = {0};
    uint64_t one = htobe64(1);
    memcpy(start, SIGNATURE, SIGNATURE_BYTES);
    memcpy(start + SIGNATURE_BYTES, &one, sizeof one);
    memcpy(start + SIGNATURE_BYTES + sizeof one, &one, sizeof one);
    /* Its last byte gives the dump its size, whatever it ends in. */
    if (size > 0 && put_record(output, size - 1, 1, "", 1))
        return -1;
    if (put_record(output, UINT64_MAX, UINT64_MAX, NULL, 0) || fsync(output->file))
        return -1;
    return write_all(output->file, start, sizeof start, 0) || fsync(output->file) ? -1 : 0;
}

int output_end(struct output *output, uint64_t size)
{
    if (output->stream)
        return end_stream(output, size);
    return ftruncate(output->file, (off_t)size) || fsync(output->file) ? -1 : 0;
}

/* Whether an index names a dump that is whole. */
static int has_whole_dump(int file, uint64_t at)
{
    unsigned char index[INDEX_BYTES];
    if (pread(file, index, sizeof index, (off_t)at) != sizeof index
        || memcmp(index, INDEX_SIGNATURE, sizeof INDEX_SIGNATURE - 1) != 0)
        return 0;
    for (size_t entry = INDEX_HEADER_BYTES; entry + INDEX_ENTRY_BYTES <= sizeof index; entry += INDEX_ENTRY_BYTES) {
        const unsigned char *name = index + entry + INDEX_NAMES_AT + index[entry + 49];
        if (index[entry + 48] == 1 && index[entry + 50] == 6 && name + 6 <= index + entry + INDEX_ENTRY_BYTES
            && memcmp(name, "vmcore", 6) == 0)
            return 1;
    }
    return 0;
}

/* Why nothing may be written there; NULL if it may. */
static const char *reason_to_refuse(int file, uint64_t index)
{
    struct superblock super;
    struct stat stat;
    char first[PAGE_BYTES];
    if (superblock_read(file, &super) == 0)
        return "it has a file system";
    if (has_whole_dump(file, index) || has_whole_dump(file, index + INDEX_BYTES))
        return "it has a dump of an earlier crash; inquest kdump extract copies it";
    if (fstat(file, &stat) || pread(file, first, sizeof first, 0) != sizeof first)
        return "it cannot be read";
    if (!S_ISBLK(stat.st_mode) && (first[0] || memcmp(first, first + 1, sizeof first - 1)))
        return "it is a file with content";
    return NULL;
}

int output_on_device(struct output *output, const char *device)
{
    static const char zeros[2 * INDEX_BYTES];
    int file = open(device, O_RDWR | O_CLOEXEC);
    off_t size = file < 0 ? -1 : lseek(file, 0, SEEK_END);
    if (size < PAGE_BYTES + 2 * INDEX_BYTES) {
        say("%s: %s", device, size < 0 ? strerror(errno) : "too small for any dump");
    } else {
        uint64_t index = ((uint64_t)size - 2 * INDEX_BYTES) / PAGE_BYTES * PAGE_BYTES;
        const char *reason = reason_to_refuse(file, index);
        *output = (struct output){device, file, PAGE_BYTES, index};
        if (!reason && !write_all(file, zeros, PAGE_BYTES, 0) && !write_all(file, zeros, sizeof zeros, index) && !fsync(file))
            return 0;
        say("%s: nothing is saved there: %s", device, reason ? reason : strerror(errno));
    }
    if (file >= 0)
        close(file);
    return -1;
}
