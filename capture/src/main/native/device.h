/* Block devices by the names that they keep from one boot to the next. */
#ifndef INQUEST_DEVICE_H
#define INQUEST_DEVICE_H

#include <limits.h>

/*
 * Finds the device of a name: UUID=, LABEL=, PARTUUID=, PARTLABEL= or a path under /dev; waits for it up to so many seconds.
 * Any other name is none of a device (virtiofs, tmpfs) and taken as it is. 0 and the path of its node, or -1 and said why.
 */
int device_wait(const char *name, unsigned seconds, char node[PATH_MAX]);

#endif
