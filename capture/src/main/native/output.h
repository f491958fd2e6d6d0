/* Where the bytes of a vmcore go: a file in which what is not written is a hole, or a stream on a device. */
#ifndef INQUEST_OUTPUT_H
#define INQUEST_OUTPUT_H

#include <stddef.h>
#include <stdint.h>

struct output {
    const char *name; /* for messages */
    int file;
    uint64_t stream; /* where the stream goes on; 0 for a file */
    uint64_t limit; /* behind the last byte that it may have */
};

/* The bytes at this offset of the vmcore. Offsets grow. 0, or -1 with errno. */
int output_put(struct output *output, const char *from, size_t bytes, uint64_t offset);

/* Makes it a vmcore of this size, and all of it durable. 0, or -1 with errno. */
int output_end(struct output *output, uint64_t size);

/*
 * Begins a flattened dump on a device, in place of what is there: from its first byte on, where `makedumpfile -R FILE <DEVICE`,
 * kdump-utils and `inquest kdump extract` look for one. What is begun is not seen as a dump before its end. Not on a file system, nor where
 * Inquest has saved a whole dump before. 0, or -1 and said why.
 */
int output_on_device(struct output *output, const char *device);

#endif
