#include "dump_folder.h"
#include "say.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { MOST_TRIES = 1000 };

int dump_folder_make(const char *parent, char folder[PATH_MAX])
{
    /* vfat takes no colon in a name. */
    static const char *const TIMES[] = {"%Y-%m-%d-%H:%M:%S", "%Y-%m-%d-%H.%M.%S"};
    char moment[32];
    struct tm local;
    time_t now = time(NULL);
    localtime_r(&now, &local);
    for (size_t shape = 0; shape < sizeof TIMES / sizeof *TIMES; shape++) {
        strftime(moment, sizeof moment, TIMES[shape], &local);
        for (int try = 0; try < MOST_TRIES; try++) {
            char suffix[16] = "";
            if (try > 0)
                snprintf(suffix, sizeof suffix, "-%d", try);
            if ((size_t)snprintf(folder, PATH_MAX, "%s/127.0.0.1-%s%s", parent, moment, suffix) >= PATH_MAX)
                errno = ENAMETOOLONG;
            else if (mkdir(folder, 0700) == 0)
                return 0;
            if (errno != EEXIST)
                break;
        }
        if (errno != EINVAL)
            break;
    }
    say("%s: %s", folder, strerror(errno));
    return -1;
}
