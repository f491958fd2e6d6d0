#include "vmcore.h"
#include "say.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What no kernel's core has more of; a larger number is damage. */
enum { MOST_HEADERS = 1 << 20, MOST_NOTE_BYTES = 64 << 20 };

static const char OWNER[] = "VMCOREINFO";

long vmcore_read_file(const struct vmcore *core, uint64_t offset, void *to, size_t bytes)
{
    size_t done = 0;
    while (done < bytes) {
        ssize_t count = pread(core->file, (char *)to + done, bytes - done, (off_t)(offset + done));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return -1;
        if (count == 0)
            break;
        done += count;
    }
    return (long)done;
}

static int read_exactly(const struct vmcore *core, uint64_t offset, void *to, size_t bytes)
{
    return vmcore_read_file(core, offset, to, bytes) == (long)bytes ? 0 : -1;
}

int vmcore_read(const struct vmcore *core, uint64_t address, void *to, size_t bytes)
{
    for (size_t i = 0; i < core->segment_count; i++) {
        const struct segment *segment = &core->segments[i];
        uint64_t into = address - segment->address;
        if (into < segment->bytes && bytes <= segment->bytes - into)
            return read_exactly(core, segment->offset + into, to, bytes);
    }
    return -1;
}

/* Takes vmcoreinfo out of the notes. */
static void take_info(struct vmcore *core, const char *notes, size_t bytes)
{
    size_t at = 0;
    while (bytes - at >= sizeof(Elf64_Nhdr)) {
        Elf64_Nhdr note;
        memcpy(&note, notes + at, sizeof note);
        at += sizeof note;
        size_t name = ((size_t)note.n_namesz + 3) & ~(size_t)3;
        size_t text = ((size_t)note.n_descsz + 3) & ~(size_t)3;
        if (name > bytes - at || text > bytes - at - name)
            return;
        if (note.n_namesz == sizeof OWNER && memcmp(notes + at, OWNER, sizeof OWNER) == 0) {
            char *info = malloc(note.n_descsz + (size_t)1);
            if (!info)
                return;
            memcpy(info, notes + at + name, note.n_descsz);
            info[note.n_descsz] = '\0';
            free(core->info);
            core->info = info;
            return;
        }
        at += name + text;
    }
}

static void read_notes(struct vmcore *core, const Elf64_Phdr *header)
{
    if (header->p_filesz == 0 || header->p_filesz > MOST_NOTE_BYTES)
        return;
    char *notes = malloc(header->p_filesz);
    if (notes && read_exactly(core, header->p_offset, notes, header->p_filesz) == 0)
        take_info(core, notes, header->p_filesz);
    free(notes);
}

/* More headers than e_phnum can hold are counted in section header 0. */
static size_t header_count(const struct vmcore *core, const Elf64_Ehdr *elf)
{
    Elf64_Shdr section;
    if (elf->e_phnum != PN_XNUM)
        return elf->e_phnum;
    if (elf->e_shoff == 0 || read_exactly(core, elf->e_shoff, &section, sizeof section))
        return 0;
    return section.sh_info;
}

static const char *read_headers(struct vmcore *core)
{
    Elf64_Ehdr elf;
    if (read_exactly(core, 0, &elf, sizeof elf))
        return "it cannot be read";
    if (memcmp(elf.e_ident, ELFMAG, SELFMAG) || elf.e_ident[EI_CLASS] != ELFCLASS64 || elf.e_type != ET_CORE)
        return "it is no 64-bit ELF core";
    size_t count = header_count(core, &elf);
    if (count == 0 || count > MOST_HEADERS || elf.e_phentsize < sizeof(Elf64_Phdr))
        return "its program headers are damaged";
    core->segments = calloc(count, sizeof *core->segments);
    core->info = calloc(1, 1);
    if (!core->segments || !core->info)
        return "there is no memory for its program headers";
    for (size_t i = 0; i < count; i++) {
        Elf64_Phdr header;
        if (read_exactly(core, elf.e_phoff + i * elf.e_phentsize, &header, sizeof header))
            return "its program headers end early";
        if (header.p_type == PT_NOTE)
            read_notes(core, &header);
        else if (header.p_type == PT_LOAD)
            core->segments[core->segment_count++] =
                (struct segment){header.p_vaddr, header.p_filesz, header.p_offset};
    }
    return NULL;
}

int vmcore_open(struct vmcore *core, const char *path)
{
    memset(core, 0, sizeof *core);
    core->file = open(path, O_RDONLY | O_CLOEXEC);
    if (core->file < 0) {
        say("%s: %s", path, strerror(errno));
        return -1;
    }
    const char *wrong = read_headers(core);
    if (wrong) {
        say("%s: %s", path, wrong);
        vmcore_close(core);
        return -1;
    }
    return 0;
}

void vmcore_close(struct vmcore *core)
{
    close(core->file);
    free(core->segments);
    free(core->info);
    memset(core, 0, sizeof *core);
}

int vmcore_info(const struct vmcore *core, const char *key, uint64_t *value)
{
    size_t length = strlen(key);
    for (const char *line = core->info; line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, length) == 0 && line[length] == '=') {
            char *end;
            *value = strtoull(line + length + 1, &end, strncmp(key, "SYMBOL(", 7) == 0 ? 16 : 10);
            return end == line + length + 1 ? -1 : 0;
        }
    }
    return -1;
}
