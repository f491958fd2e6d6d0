/* Saves what a dead kernel left, without Java: first its log, then all of its memory as it is. */
#ifndef INQUEST_LIFEBOAT_H
#define INQUEST_LIFEBOAT_H

/* What is missing; 0 if nothing is. */
enum { LIFEBOAT_NO_LOG = 1, LIFEBOAT_NO_VMCORE = 2 };

/*
 * The folder gets vmcore-dmesg.txt and vmcore, each under the name that ends in -incomplete until it is whole and on the disk.
 * Pages that the source refuses, and pages of zeros, become holes. The sum of what is missing, and said why.
 */
int lifeboat_save(const char *vmcore, const char *folder);

/* The memory alone, as a flattened dump on a device; its log is in it. What is missing, and said why. */
int lifeboat_save_on_device(const char *vmcore, const char *device);

#endif
