/* Java's part of the capture: all of it, when nothing goes wrong. */
#ifndef INQUEST_JAVA_H
#define INQUEST_JAVA_H

#include "plan.h"

enum java_result { JAVA_SAVED, JAVA_INCOMPLETE, JAVA_NOTHING };

/* Runs it to its end, or ends it when it is silent; says how it ended. */
enum java_result java_run(const struct plan *plan);

#endif
