#include "plan.h"
#include "say.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_PLAN_BYTES = 1 << 20 };

static const char *const ENDINGS[] = {"reboot", "halt", "poweroff", "shell"};

const char *ending_name(enum ending ending)
{
    return ENDINGS[ending];
}

const struct target *plan_target(const struct plan *plan, int number)
{
    for (size_t i = 0; i < plan->target_count; i++)
        if (plan->targets[i].number == number)
            return &plan->targets[i];
    return NULL;
}

/* Undoes %XX in place; -1 if that is not what follows a %. */
static int unescape(char *word)
{
    char *to = word;
    if (strcmp(word, "%") == 0)
        *word = '\0';
    for (const char *from = word; *from; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        char digits[3] = {from[1], from[1] ? from[2] : '\0', '\0'};
        if (!isxdigit((unsigned char)digits[0]) || !isxdigit((unsigned char)digits[1]))
            return -1;
        *to++ = (char)strtoul(digits, NULL, 16);
        from += 2;
    }
    *to = '\0';
    return 0;
}

static int number(const char *word, unsigned *value)
{
    char *end;
    errno = 0;
    unsigned long read = strtoul(word, &end, 10);
    if (!isdigit((unsigned char)*word) || *end || errno || read > INT_MAX)
        return -1;
    *value = (unsigned)read;
    return 0;
}

static int ending(const char *word, enum ending *value)
{
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (strcmp(word, ENDINGS[i]) == 0) {
            *value = (enum ending)i;
            return 0;
        }
    }
    return -1;
}

/* Each takes the words behind the first, whose number is right, and answers what is wrong with them, or NULL. */

static const char *read_module(struct plan *plan, char **words, int count)
{
    if (plan->module_count == MOST_MODULES)
        return "there are too many modules";
    plan->modules[plan->module_count++] = (struct module){words[0], count > 1 ? words[1] : words[0] + strlen(words[0])};
    return NULL;
}

static const char *read_runtime(struct plan *plan, char **words, int count)
{
    (void)count;
    plan->runtime = words[0];
    plan->runtime_type = words[1];
    return NULL;
}

static const char *read_java(struct plan *plan, char **words, int count)
{
    if (number(words[0], &plan->java_silence))
        return "expected seconds";
    memcpy(plan->java, words + 1, (size_t)(count - 1) * sizeof *words);
    plan->java[count - 1] = NULL;
    return NULL;
}

static const char *read_watchdog(struct plan *plan, char **words, int count)
{
    (void)count;
    if (number(words[1], &plan->watchdog_seconds) || plan->watchdog_seconds == 0)
        return "expected seconds";
    plan->watchdog = words[0];
    return NULL;
}

static const char *read_deadline(struct plan *plan, char **words, int count)
{
    (void)count;
    return number(words[0], &plan->deadline) ? "expected seconds" : NULL;
}

static const char *read_target(struct plan *plan, char **words, int count)
{
    unsigned value;
    if (number(words[0], &value))
        return "expected the target's number";
    if (plan->target_count == MOST_TARGETS)
        return "there are too many targets";
    if (plan_target(plan, (int)value))
        return "there is a target of this number already";
    struct target target = {.number = (int)value, .options = "", .path = "/"};
    if (strcmp(words[1], "file") == 0 && count == 6) {
        target.kind = TARGET_FILE;
        target.type = words[2];
        target.device = words[3];
        target.options = words[4];
        target.path = words[5];
        if (*target.path != '/')
            return "expected a path that begins with /";
    } else if (strcmp(words[1], "raw") == 0 && count == 3) {
        target.kind = TARGET_RAW;
        target.device = words[2];
    } else {
        return "expected N file TYPE DEVICE OPTIONS PATH, or N raw DEVICE";
    }
    plan->targets[plan->target_count++] = target;
    return NULL;
}

static const char *read_final(struct plan *plan, char **words, int count)
{
    (void)count;
    return ending(words[0], &plan->final) ? "expected reboot, halt, poweroff or shell" : NULL;
}

static const char *read_failure(struct plan *plan, char **words, int count)
{
    (void)count;
    return ending(words[0], &plan->failure) ? "expected reboot, halt, poweroff or shell" : NULL;
}

static const char *read_console(struct plan *plan, char **words, int count)
{
    if (plan->console_count + (size_t)count > MOST_PLAN_CONSOLES)
        return "there are too many consoles";
    for (int i = 0; i < count; i++)
        plan->consoles[plan->console_count++] = words[i];
    return NULL;
}

static const char *read_vmcore(struct plan *plan, char **words, int count)
{
    (void)count;
    plan->vmcore = words[0];
    return NULL;
}

static const struct statement {
    const char *word;
    int least, most; /* words behind it */
    const char *(*read)(struct plan *plan, char **words, int count);
} STATEMENTS[] = {
    {"module", 1, 2, read_module},     {"runtime", 2, 2, read_runtime},   {"java", 2, MOST_WORDS, read_java},
    {"watchdog", 2, 2, read_watchdog}, {"deadline", 1, 1, read_deadline}, {"target", 3, 6, read_target},
    {"final", 1, 1, read_final},       {"failure", 1, 1, read_failure},   {"console", 1, MOST_WORDS, read_console},
    {"vmcore", 1, 1, read_vmcore},
};

static const char *read_statement(struct plan *plan, char **words, int count)
{
    for (size_t i = 0; i < sizeof STATEMENTS / sizeof *STATEMENTS; i++) {
        const struct statement *statement = &STATEMENTS[i];
        if (strcmp(words[0], statement->word) == 0) {
            if (count - 1 < statement->least || count - 1 > statement->most)
                return "it has too few or too many words";
            return statement->read(plan, words + 1, count - 1);
        }
    }
    return "its first word is unknown";
}

static const char *read_line(struct plan *plan, char *line)
{
    char *words[MOST_WORDS + 1];
    int count = 0;
    for (char *word = strtok(line, " \t"); word; word = strtok(NULL, " \t")) {
        if (count > MOST_WORDS)
            return "it has too many words";
        if (unescape(word))
            return "expected two hexadecimal digits behind %";
        words[count++] = word;
    }
    return count == 0 ? NULL : read_statement(plan, words, count);
}

/* A NUL in it ends it. NULL if it cannot be read. */
static char *read_text(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat stat;
    char *text = NULL;
    if (file >= 0 && fstat(file, &stat) == 0) {
        if (stat.st_size > MOST_PLAN_BYTES)
            errno = EFBIG;
        else
            text = calloc((size_t)stat.st_size + 1, 1);
    }
    if (text && read(file, text, (size_t)stat.st_size) != stat.st_size) {
        free(text);
        text = NULL;
    }
    if (!text)
        say("%s: %s", path, strerror(errno));
    if (file >= 0)
        close(file);
    return text;
}

int plan_read(struct plan *plan, const char *path)
{
    memset(plan, 0, sizeof *plan);
    plan->vmcore = "/proc/vmcore";
    plan->text = read_text(path);
    if (!plan->text)
        return -1;
    int wrong = 0, line_number = 1;
    for (char *line = plan->text; line; line_number++) {
        char *next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        const char *reason = *line == '#' ? NULL : read_line(plan, line);
        if (reason) {
            say("%s:%d: %s; the line is left out", path, line_number, reason);
            wrong++;
        }
        line = next;
    }
    return wrong;
}

static void write_word(FILE *out, const char *word)
{
    putc(' ', out);
    if (!*word)
        putc('%', out);
    for (; *word; word++) {
        if ((unsigned char)*word <= ' ' || *word == '%' || *word == 0x7f)
            fprintf(out, "%%%02X", (unsigned char)*word);
        else
            putc(*word, out);
    }
}

static void write_target(const struct target *target, FILE *out)
{
    fprintf(out, "target %d %s", target->number, target->kind == TARGET_RAW ? "raw" : "file");
    if (target->kind == TARGET_FILE)
        write_word(out, target->type);
    write_word(out, target->device);
    if (target->kind == TARGET_FILE) {
        write_word(out, target->options);
        write_word(out, target->path);
    }
    putc('\n', out);
}

void plan_write(const struct plan *plan, FILE *out)
{
    for (size_t i = 0; i < plan->module_count; i++) {
        fprintf(out, "module");
        write_word(out, plan->modules[i].path);
        if (*plan->modules[i].parameters)
            write_word(out, plan->modules[i].parameters);
        putc('\n', out);
    }
    if (plan->runtime) {
        fprintf(out, "runtime");
        write_word(out, plan->runtime);
        write_word(out, plan->runtime_type);
        putc('\n', out);
    }
    if (plan->java[0]) {
        fprintf(out, "java %u", plan->java_silence);
        for (char *const *word = plan->java; *word; word++)
            write_word(out, *word);
        putc('\n', out);
    }
    if (plan->watchdog) {
        fprintf(out, "watchdog");
        write_word(out, plan->watchdog);
        fprintf(out, " %u\n", plan->watchdog_seconds);
    }
    if (plan->deadline)
        fprintf(out, "deadline %u\n", plan->deadline);
    for (size_t i = 0; i < plan->target_count; i++)
        write_target(&plan->targets[i], out);
    fprintf(out, "final %s\nfailure %s\n", ending_name(plan->final), ending_name(plan->failure));
    if (plan->console_count) {
        fprintf(out, "console");
        for (size_t i = 0; i < plan->console_count; i++)
            write_word(out, plan->consoles[i]);
        putc('\n', out);
    }
    if (strcmp(plan->vmcore, "/proc/vmcore") != 0) {
        fprintf(out, "vmcore");
        write_word(out, plan->vmcore);
        putc('\n', out);
    }
}
