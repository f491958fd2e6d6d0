/* Where dumps go. */
#ifndef INQUEST_TARGET_H
#define INQUEST_TARGET_H

#include "plan.h"

#include <limits.h>

/* Target N is mounted at N in this folder. */
#define TARGET_FOLDER "/target"

/* Makes it ready, which may have been done before. 0 and the folder in which each dump gets a folder of its own, or the
 * device's node; -1 and said why. */
int target_prepare(const struct target *target, char place[PATH_MAX]);

/* Makes durable what was written, and unmounts it. 0, or -1 and said why. */
int target_release(const struct target *target);

#endif
