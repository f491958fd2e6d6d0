/* Kernel modules. */
#ifndef INQUEST_MODULE_H
#define INQUEST_MODULE_H

#include "plan.h"

/* 0, also if the kernel has it already; -1 and said why. */
int module_insert(const struct module *module);

#endif
