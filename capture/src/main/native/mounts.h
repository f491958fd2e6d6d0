/* What is mounted whatever the target: the kernel's own file systems, and the Java runtime. */
#ifndef INQUEST_MOUNTS_H
#define INQUEST_MOUNTS_H

#include "plan.h"

/* /proc, /sys, /dev, /run. What cannot be mounted is said; there may be enough without it. */
void mounts_of_kernel(void);

#define RUNTIME_FOLDER "/inquest"

/* 0, or -1 and said why. */
int mounts_of_runtime(const struct plan *plan);

/* A folder and those above it. 0, or -1 with errno. */
int mounts_make_folder(const char *path);

#endif
