/* image.c: ELF executables: their symbols, a section by name, and the last step after linking:
 * what is not loaded is left out (symbols, debug information) and our own section is put in.
 *
 * Sections that are loaded stay where they are in the file; the others follow them, closed up, then
 * the section names and the section table. All checks are against the file's size, as `inspect`
 * reads strangers' files. */
#include "drive/image.h"
#include <elf.h>

typedef struct Image {
    const uint8_t *bytes;
    size_t size;
    const Elf64_Shdr *sections;
    size_t count;
    const char *names;
    size_t names_size;
} Image;

static bool in_file(const Image *m, uint64_t offset, uint64_t size) {
    return offset <= m->size && size <= m->size - offset;
}

static const char *open_image(Image *m, const uint8_t *bytes, size_t size) {
    *m = (Image){.bytes = bytes, .size = size};
    const Elf64_Ehdr *head = (const void *)bytes;
    if (size < sizeof *head || memcmp(bytes, ELFMAG, SELFMAG) != 0) return "is no ELF file";
    if (bytes[EI_CLASS] != ELFCLASS64 || bytes[EI_DATA] != ELFDATA2LSB)
        return "is no 64-bit little-endian ELF file";
    uint64_t table_bytes = (uint64_t)head->e_shnum * sizeof(Elf64_Shdr);
    if (head->e_shnum == 0) return NULL;
    if (head->e_shentsize != sizeof(Elf64_Shdr) || !in_file(m, head->e_shoff, table_bytes) ||
        head->e_shoff % 8 != 0 || head->e_shstrndx >= head->e_shnum)
        return "has a damaged section table";
    m->sections = (const void *)(bytes + head->e_shoff);
    m->count = head->e_shnum;
    const Elf64_Shdr *names = &m->sections[head->e_shstrndx];
    if (!in_file(m, names->sh_offset, names->sh_size) || names->sh_size == 0 ||
        bytes[names->sh_offset + names->sh_size - 1] != 0)
        return "has damaged section names";
    m->names = (const char *)bytes + names->sh_offset;
    m->names_size = names->sh_size;
    return NULL;
}

static const char *section_name(const Image *m, const Elf64_Shdr *s) {
    return s->sh_name < m->names_size ? m->names + s->sh_name : "";
}

const char *image_section(const uint8_t *bytes, size_t size, const char *name, const uint8_t **at,
                          size_t *len) {
    Image m;
    *at = NULL;
    const char *error = open_image(&m, bytes, size);
    if (error) return error;
    for (size_t i = 0; i < m.count; i++) {
        const Elf64_Shdr *s = &m.sections[i];
        if (strcmp(section_name(&m, s), name) != 0 || s->sh_type == SHT_NOBITS) continue;
        if (!in_file(&m, s->sh_offset, s->sh_size)) return "has a damaged section";
        *at = bytes + s->sh_offset;
        *len = s->sh_size;
        return NULL;
    }
    return NULL;
}

static const char *add_symbols(const Image *m, const Elf64_Shdr *table, ImageSymbols *out) {
    if (table->sh_link >= m->count || !in_file(m, table->sh_offset, table->sh_size) ||
        table->sh_offset % 8 != 0)
        return "has a damaged symbol table";
    const Elf64_Shdr *names = &m->sections[table->sh_link];
    if (!in_file(m, names->sh_offset, names->sh_size) || names->sh_size == 0 ||
        m->bytes[names->sh_offset + names->sh_size - 1] != 0)
        return "has damaged symbol names";
    const Elf64_Sym *symbols = (const void *)(m->bytes + table->sh_offset);
    size_t count = table->sh_size / sizeof *symbols;
    for (size_t i = 0; i < count; i++) {
        unsigned type = ELF64_ST_TYPE(symbols[i].st_info);
        if (symbols[i].st_shndx == SHN_UNDEF || symbols[i].st_name >= names->sh_size) continue;
        if (type != STT_FUNC && type != STT_OBJECT && type != STT_NOTYPE) continue;
        ImageSymbol s = {.name = (const char *)m->bytes + names->sh_offset + symbols[i].st_name,
                         .address = symbols[i].st_value,
                         .size = symbols[i].st_size,
                         .is_code = type == STT_FUNC};
        vec_push(out, s);
    }
    return NULL;
}

const char *image_symbols(const uint8_t *bytes, size_t size, ImageSymbols *out) {
    Image m;
    const char *error = open_image(&m, bytes, size);
    for (size_t i = 0; !error && i < m.count; i++)
        if (m.sections[i].sh_type == SHT_SYMTAB) error = add_symbols(&m, &m.sections[i], out);
    return error;
}

/* ---- the last step ---- */

static void pad_to(Text *t, size_t align) {
    static const char zeros[64];
    size_t over = t->count % align;
    if (over) text_put(t, zeros, align - over);
}

static bool is_loaded(const Elf64_Shdr *s) {
    return (s->sh_flags & SHF_ALLOC) != 0;
}

/* Where the loaded part of the file ends. */
static const char *loaded_end(const Image *m, size_t *end) {
    const Elf64_Ehdr *head = (const void *)m->bytes;
    uint64_t headers = (uint64_t)head->e_phnum * sizeof(Elf64_Phdr);
    if (head->e_phentsize != sizeof(Elf64_Phdr) || !in_file(m, head->e_phoff, headers))
        return "has a damaged program table";
    const Elf64_Phdr *segments = (const void *)(m->bytes + head->e_phoff);
    uint64_t most = head->e_phoff + headers;
    for (size_t i = 0; i < head->e_phnum; i++) {
        if (!in_file(m, segments[i].p_offset, segments[i].p_filesz)) return "has a damaged segment";
        uint64_t e = segments[i].p_offset + segments[i].p_filesz;
        if (segments[i].p_type == PT_LOAD && e > most) most = e;
    }
    *end = (size_t)most;
    return NULL;
}

static uint32_t add_name(Text *names, const char *name) {
    uint32_t at = (uint32_t)names->count;
    text_put(names, name, strlen(name) + 1);
    return at;
}

typedef struct Layout { /* the new file being put together */
    Text *out;
    Text names;
    VEC(Elf64_Shdr) sections;
    uint32_t *renumbered; /* old section number to new, 0: dropped */
} Layout;

static void add_section(Layout *l, Elf64_Shdr s, const char *name, const void *data) {
    s.sh_name = add_name(&l->names, name);
    if (data) {
        pad_to(l->out, s.sh_addralign > 1 && s.sh_addralign <= 64 ? s.sh_addralign : 1);
        s.sh_offset = l->out->count;
        text_put(l->out, data, s.sh_size);
    }
    vec_push(&l->sections, s);
}

static const char *copy_sections(const Image *m, Layout *l, bool keep_symbols) {
    const Elf64_Ehdr *head = (const void *)m->bytes;
    for (size_t i = 1; i < m->count; i++) {
        const Elf64_Shdr *s = &m->sections[i];
        if (i == head->e_shstrndx || (!is_loaded(s) && !keep_symbols)) continue;
        if (s->sh_type != SHT_NOBITS && !in_file(m, s->sh_offset, s->sh_size))
            return "has a damaged section";
        l->renumbered[i] = (uint32_t)l->sections.count;
        add_section(l, *s, section_name(m, s), is_loaded(s) ? NULL : m->bytes + s->sh_offset);
    }
    for (size_t i = 1; i < l->sections.count; i++) {
        Elf64_Shdr *s = &l->sections.at[i];
        bool info_is_section =
            s->sh_type == SHT_RELA || s->sh_type == SHT_REL || (s->sh_flags & SHF_INFO_LINK) != 0;
        s->sh_link = s->sh_link < m->count ? l->renumbered[s->sh_link] : 0;
        if (info_is_section) s->sh_info = s->sh_info < m->count ? l->renumbered[s->sh_info] : 0;
    }
    return NULL;
}

/* Symbols name sections by number, which may have changed. */
static void renumber_symbols(const Layout *l, size_t old_count) {
    for (size_t i = 1; i < l->sections.count; i++) {
        const Elf64_Shdr *s = &l->sections.at[i];
        if (s->sh_type != SHT_SYMTAB) continue;
        Elf64_Sym *symbols = (void *)(l->out->at + s->sh_offset);
        for (size_t k = 0; k < s->sh_size / sizeof *symbols; k++) {
            uint16_t section = symbols[k].st_shndx;
            if (section > 0 && section < old_count)
                symbols[k].st_shndx = (uint16_t)l->renumbered[section];
        }
    }
}

const char *image_finish(const uint8_t *bytes, size_t size, const char *section, const void *data,
                         size_t len, bool keep_symbols, Text *out) {
    Image m;
    size_t end;
    const char *error = open_image(&m, bytes, size);
    if (!error) error = loaded_end(&m, &end);
    if (error) return error;
    Layout l = {.out = out, .renumbered = mem_array(uint32_t, m.count + 1)};
    text_put(out, (const char *)bytes, end);
    add_section(&l, (Elf64_Shdr){0}, "", NULL);
    error = copy_sections(&m, &l, keep_symbols);
    if (error) return error;
    renumber_symbols(&l, m.count);
    Elf64_Shdr ours = {.sh_type = SHT_PROGBITS, .sh_size = len, .sh_addralign = 8};
    add_section(&l, ours, section, data);
    uint16_t names_number = (uint16_t)l.sections.count;
    Elf64_Shdr names = {.sh_type = SHT_STRTAB, .sh_addralign = 1};
    names.sh_size = l.names.count + sizeof ".shstrtab";
    add_name(&l.names, ".shstrtab");
    names.sh_name = (uint32_t)(names.sh_size - sizeof ".shstrtab");
    names.sh_offset = out->count;
    text_put(out, l.names.at, l.names.count);
    vec_push(&l.sections, names);
    pad_to(out, 8);
    Elf64_Ehdr *head = (void *)out->at;
    head->e_shoff = out->count;
    head->e_shnum = (uint16_t)l.sections.count;
    head->e_shstrndx = names_number;
    text_put(out, (const char *)l.sections.at, l.sections.count * sizeof(Elf64_Shdr));
    return NULL;
}
