/* The crashed kernel's log, as `vmcore-dmesg` prints it. */
#ifndef INQUEST_PRINTK_H
#define INQUEST_PRINTK_H

#include "vmcore.h"

#include <stdio.h>

/* Writes all records that can be read and returns how many; -1 with a line on standard error if there is no log. */
long printk_write(const struct vmcore *core, FILE *out);

#endif
