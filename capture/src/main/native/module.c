#include "module.h"
#include "say.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

int module_insert(const struct module *module)
{
    int file = open(module->path, O_RDONLY | O_CLOEXEC);
    long failed = file < 0 ? -1 : syscall(SYS_finit_module, file, module->parameters, 0);
    if (failed && errno == EEXIST)
        failed = 0;
    if (failed)
        say("module %s: %s", module->path, strerror(errno));
    if (file >= 0)
        close(file);
    return failed ? -1 : 0;
}
