/* What process 1 of the capture kernel does, from its first moment to the reboot. */
#ifndef INQUEST_CAPTURE_H
#define INQUEST_CAPTURE_H

#define PLAN_FILE "/etc/inquest/plan"

_Noreturn void capture_run(void);

#endif
