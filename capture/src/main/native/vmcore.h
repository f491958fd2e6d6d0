/*
 * /proc/vmcore, read without Java: an ELF core of the crashed kernel's memory, whose program headers tell where physical
 * memory and the kernel's own mappings lie, and whose vmcoreinfo note tells where the kernel's variables are.
 */
#ifndef INQUEST_VMCORE_H
#define INQUEST_VMCORE_H

#include <stddef.h>
#include <stdint.h>

struct segment {
    uint64_t address; /* virtual */
    uint64_t bytes;
    uint64_t offset; /* in the file */
};

struct vmcore {
    int file;
    struct segment *segments;
    size_t segment_count;
    char *info; /* vmcoreinfo's text, ended by a NUL; empty if there is none */
};

/* 0, or -1 with a line on standard error. */
int vmcore_open(struct vmcore *core, const char *path);
void vmcore_close(struct vmcore *core);

/* Reads all of it, or fails with -1: no segment has it, or the file does not give it. */
int vmcore_read(const struct vmcore *core, uint64_t address, void *to, size_t bytes);

/* Reads at a place of the file; fewer bytes than asked for only at its end, -1 with errno. */
long vmcore_read_file(const struct vmcore *core, uint64_t offset, void *to, size_t bytes);

/* The value of a line such as SYMBOL(prb)=..., given as "SYMBOL(prb)"; hexadecimal for symbols. -1 if there is none. */
int vmcore_info(const struct vmcore *core, const char *key, uint64_t *value);

#endif
