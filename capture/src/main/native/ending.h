/* How the capture ends. */
#ifndef INQUEST_ENDING_H
#define INQUEST_ENDING_H

#include "plan.h"

/* Reboots, halts, powers off; or gives a shell and does `then` after it, or reboots if that is a shell as well. Does not return. */
_Noreturn void ending_do(enum ending ending, enum ending then);

#endif
