/*
 * What the host's set-up decided for process 1, in /etc/inquest/plan: one thing a line, its words separated by blanks; a blank,
 * a control character or % in a word is written %XX, an empty word %. Written by io.inquest.kdump.initramfs.Plan.
 *
 *   module PATH [PARAMETERS]                      a kernel module to insert; in this order
 *   runtime PATH TYPE                             the Java runtime: an image to be mounted at /inquest, of this file system; TYPE
 *                                                 dir: it lies there already
 *   java SECONDS WORD...                          what saves the dump; ended after SECONDS without a sign of life, 0 for never
 *   watchdog DEVICE SECONDS                       must be fed at least every SECONDS
 *   deadline SECONDS                              of the whole capture
 *   target N file TYPE DEVICE OPTIONS PATH        the folder PATH of a file system
 *   target N raw DEVICE                           a whole device
 *   final reboot|halt|poweroff|shell              when the dump is saved
 *   failure reboot|halt|poweroff|shell            when it is not
 *   console DEVICE...                             where to say what happens; /dev/console unless given
 *   vmcore PATH                                   the crashed kernel's memory; /proc/vmcore unless given, which is for rehearsals
 */
#ifndef INQUEST_PLAN_H
#define INQUEST_PLAN_H

#include <stddef.h>
#include <stdio.h>

enum { MOST_MODULES = 1024, MOST_TARGETS = 32, MOST_WORDS = 256, MOST_PLAN_CONSOLES = 8 };

struct module {
    char *path;
    char *parameters;
};

enum target_kind { TARGET_FILE, TARGET_RAW };

struct target {
    int number;
    enum target_kind kind;
    char *type; /* of the file system */
    char *device;
    char *options; /* of the mount, separated by commas; may be empty */
    char *path; /* below the file system's root */
};

enum ending { ENDING_REBOOT, ENDING_HALT, ENDING_POWEROFF, ENDING_SHELL };

/* All strings are parts of `text`. */
struct plan {
    char *text;
    struct module modules[MOST_MODULES];
    size_t module_count;
    char *runtime;
    char *runtime_type;
    char *java[MOST_WORDS + 1];
    unsigned java_silence;
    char *watchdog;
    unsigned watchdog_seconds;
    unsigned deadline;
    struct target targets[MOST_TARGETS];
    size_t target_count;
    enum ending final;
    enum ending failure;
    char *consoles[MOST_PLAN_CONSOLES];
    size_t console_count;
    char *vmcore;
};

/* Reads as much of a plan as can be understood, and says for each other line why not. How many lines those are; -1 if there
 * is no plan. */
int plan_read(struct plan *plan, const char *path);

/* Writes it in the language that it is read in. */
void plan_write(const struct plan *plan, FILE *out);

/* NULL if there is none of this number. */
const struct target *plan_target(const struct plan *plan, int number);

const char *ending_name(enum ending ending);

#endif
