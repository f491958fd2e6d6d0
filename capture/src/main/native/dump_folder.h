/* The folder of one dump. */
#ifndef INQUEST_DUMP_FOLDER_H
#define INQUEST_DUMP_FOLDER_H

#include <limits.h>

/* Makes PARENT/127.0.0.1-YYYY-MM-DD-HH:MM:SS, as users of kdump expect it, or the same with -1, -2 … behind it where that is there
 * already. 0, or -1 and said why. */
int dump_folder_make(const char *parent, char folder[PATH_MAX]);

#endif
