/*
 * How far the capture came: one line for each thing that was done, TIME STEP RESULT DETAIL; RESULT is done, partly,
 * skipped or failed. Java appends to the same file (io.inquest.capture.journal).
 */
#ifndef INQUEST_STATE_H
#define INQUEST_STATE_H

#include <stddef.h>

#define STATE_FILE "/run/inquest/state"

void state_add(const char *step, const char *result, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* The detail of the last line of this step and result: 0, or -1 if there is none. */
int state_last(const char *step, const char *result, char *detail, size_t size);

/* Copies the file, for its owner alone, unless Java did already. 0, or -1 and said why. */
int state_copy(const char *path);

#endif
