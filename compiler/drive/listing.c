/* listing.c: what a program holds. A compiled function is several C functions whose symbols all
 * begin with its own, `module$function$arity` (emit/names.h), so sizes are summed by that name. */
#include "drive/listing.h"
#include "drive/image.h"
#include "base/diag.h"
#include <ctype.h>
#include <stdlib.h>
#include <zstd.h>

#define COMPRESSION   9
#define LARGEST_BYTES ((size_t)64 << 20) /* of a listing: more is a damaged file */

/* ---- reading symbols ---- */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* One escaped name up to a lone '$' or the end. Returns what follows. */
static const char *read_name(const char *at, Text *name) {
    while (*at) {
        if (*at != '$') {
            text_put(name, at++, 1);
        } else if (at[1] == '$' && at[2] == '_' && at[3] == '_') {
            at += 4; /* the empty name */
        } else if (at[1] == '$' && hex_digit(at[2]) >= 0 && hex_digit(at[3]) >= 0) {
            char c = (char)(hex_digit(at[2]) << 4 | hex_digit(at[3]));
            text_put(name, &c, 1);
            at += 4;
        } else {
            break;
        }
    }
    if (!name->at) text_put(name, "", 0);
    return at;
}

/* The function that a symbol belongs to; false: it is none of Erlang's. */
static bool read_symbol(const char *symbol, Text *module, Text *function) {
    const char *at = read_name(symbol, module);
    if (*at != '$') return false;
    at = read_name(at + 1, function);
    if (*at != '$' || !isdigit((unsigned char)at[1])) return false;
    text_add(function, "/%d", atoi(at + 1));
    return true;
}

/* ---- sums ---- */

typedef struct Sum {
    const char *name;
    uint64_t bytes;
    Map *functions; /* of a module: name to Sum */
} Sum;
typedef VEC(Sum *) Sums;

static Sum *sum_of(Map *map, const char *name, size_t len) {
    Sum *s = map_get(map, name, len);
    if (s) return s;
    s = mem_new(Sum);
    s->name = mem_copy_text(name, len);
    s->functions = map_new();
    map_set(map, s->name, len, s);
    return s;
}

static void collect(const char *key, size_t len, void *value, void *arg) {
    (void)key, (void)len;
    Sums *all = arg;
    vec_push(all, value);
}

static int by_name(const void *a, const void *b) {
    return strcmp((*(Sum *const *)a)->name, (*(Sum *const *)b)->name);
}

static Sums sorted(const Map *map) {
    Sums all = {0};
    map_each(map, collect, &all);
    if (all.count) qsort(all.at, all.count, sizeof *all.at, by_name);
    return all;
}

static void add_module(Text *out, const Sum *module) {
    text_add(out, "module %s %llu\n", module->name, (unsigned long long)module->bytes);
    Sums functions = sorted(module->functions);
    for (size_t i = 0; i < functions.count; i++)
        text_add(out, "function %s %llu\n", functions.at[i]->name,
                 (unsigned long long)functions.at[i]->bytes);
}

char *listing_make(const uint8_t *image, size_t size, const Plan *plan, const char *about) {
    ImageSymbols symbols = {0};
    const char *error = image_symbols(image, size, &symbols);
    if (error) diag_fatal("the linker's output %s", error);
    Map *known = map_new(), *modules = map_new();
    for (size_t i = 0; i < plan->units.count; i++)
        map_set(known, plan->units.at[i].name, strlen(plan->units.at[i].name), modules);
    uint64_t rest = 0;
    for (size_t i = 0; i < symbols.count; i++) {
        const ImageSymbol *s = &symbols.at[i];
        if (!s->is_code) continue;
        Text module = {0}, function = {0};
        if (!read_symbol(s->name, &module, &function) || !map_get(known, module.at, module.count)) {
            rest += s->size;
            continue;
        }
        Sum *m = sum_of(modules, module.at, module.count);
        m->bytes += s->size;
        sum_of(m->functions, function.at, function.count)->bytes += s->size;
    }
    Text out = {0};
    text_str(&out, about);
    Sums all = sorted(modules);
    for (size_t i = 0; i < all.count; i++)
        add_module(&out, all.at[i]);
    text_add(&out, "runtime %llu\n", (unsigned long long)rest);
    return out.at;
}

/* ---- packing ---- */

Text listing_pack(const char *listing) {
    size_t size = strlen(listing), room = ZSTD_compressBound(size);
    Text out = {.at = mem_alloc_atomic(room), .room = room};
    out.count = ZSTD_compress(out.at, room, listing, size, COMPRESSION);
    if (ZSTD_isError(out.count))
        diag_fatal("cannot compress the listing: %s", ZSTD_getErrorName(out.count));
    return out;
}

char *listing_read(const uint8_t *image, size_t size, const char **error) {
    const uint8_t *packed;
    size_t len;
    *error = image_section(image, size, LISTING_SECTION, &packed, &len);
    if (!*error && !packed) *error = "was not built by beamrc";
    if (*error) return NULL;
    unsigned long long full = ZSTD_getFrameContentSize(packed, len);
    if (full == ZSTD_CONTENTSIZE_ERROR || full > LARGEST_BYTES) {
        *error = "has a damaged listing";
        return NULL;
    }
    char *text = mem_alloc_atomic((size_t)full + 1);
    size_t got = ZSTD_decompress(text, (size_t)full, packed, len);
    if (ZSTD_isError(got) || got != full) {
        *error = "has a damaged listing";
        return NULL;
    }
    text[got] = 0;
    return text;
}
