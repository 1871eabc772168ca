/* flags.c: the flags of `erl` that BEAMRC_FLAGS may hold, separated by blanks: the number of
 * schedulers (+S N:Online, +SP P:Online), of processes (+P) and of atoms (+t), the dirty pools
 * (+SDcpu, +SDio, +A), what waits for descriptors (+IOring). Flags of stock's emulator that mean
 * nothing here (+K, +sbt, +hms...) are passed over with their value. Flags that begin with - are
 * for module init, which reads them itself. */
#include "base/format.h"
#include "io/main.h"
#include "sched/dirty.h"
#include "term/atom.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static _Noreturn void refuse(const char *format, ...) {
    static const char from[] = "BEAMRC_FLAGS: ";
    char text[256];
    va_list args;
    va_start(args, format);
    memcpy(text, from, sizeof from);
    brc_base_format_args(text + strlen(from), sizeof text - sizeof from - 1, format, args);
    va_end(args);
    strcat(text, "\n");
    (void)!write(STDERR_FILENO, text, strlen(text));
    _exit(1);
}

/* One or two numbers "A[:B]"; b is left as it is where not given. */
static void numbers(const char *flag, const char *text, long *a, long *b) {
    char *end = NULL;
    if (text && *text != ':') *a = strtol(text, &end, 10);
    if (text && *text == ':') end = (char *)text;
    if (!end || end == text + (*text != ':' ? 0 : 1)) refuse("%s wants a number", flag);
    if (*end == ':' && b) {
        const char *second = end + 1;
        *b = strtol(second, &end, 10);
        if (end == second) refuse("%s wants numbers, as in %s 4:2", flag, flag);
    }
    if (*end) refuse("%s %s is no number", flag, text);
}

static uint32_t in_range(const char *flag, long n, long least, long most) {
    if (n < least || n > most) refuse("%s %ld is not between %ld and %ld", flag, n, least, most);
    return (uint32_t)n;
}

static void set_schedulers(const char *value) {
    long all = brc_sched_processors(), online = 0;
    numbers("+S", value, &all, &online);
    if (online == 0) online = all;
    uint32_t n = in_range("+S", all, 1, BRC_SCHED_MOST);
    brc_sched_set_threads(n, in_range("+S", online, 1, n));
}

static void set_percentages(const char *value) {
    long all = 100, online = 100, machine = brc_sched_processors();
    numbers("+SP", value, &all, &online);
    all = in_range("+SP", all, 1, 100 * (long)BRC_SCHED_MOST) * machine / 100;
    online = in_range("+SP", online, 1, 100 * (long)BRC_SCHED_MOST) * machine / 100;
    uint32_t n = in_range("+SP", all < 1 ? 1 : all, 1, BRC_SCHED_MOST);
    brc_sched_set_threads(n, online < 1 ? 1 : (uint32_t)online > n ? n : (uint32_t)online);
}

/* Known when all flags are: they must not be more than the schedulers. */
static struct {
    uint32_t cpu, cpu_online, io;
} dirty;

static void set_dirty(const char *value) {
    long all = dirty.cpu, online = 0;
    numbers("+SDcpu", value, &all, &online);
    if (all) dirty.cpu = in_range("+SDcpu", all, 1, BRC_SCHED_MOST);
    if (online) dirty.cpu_online = in_range("+SDcpu", online, 1, all ? all : (long)BRC_SCHED_MOST);
}

static void set_dirty_percentages(const char *value) {
    long all = 100, online = 100;
    numbers("+SDPcpu", value, &all, &online);
    uint32_t n = in_range("+SDPcpu", all, 1, 100) * brc_sched_threads() / 100;
    uint32_t m = in_range("+SDPcpu", online, 1, 100) * brc_sched_online() / 100;
    dirty.cpu = n < 1 ? 1 : n;
    dirty.cpu_online = m < 1 ? 1 : m;
}

static void set_dirty_io(const char *value) {
    long n = 0;
    numbers("+SDio", value, &n, NULL);
    dirty.io = in_range("+SDio", n, 1, BRC_SCHED_MOST);
}

static void set_async(const char *value) { /* OTP 25 has nothing left for those threads */
    long n = 0;
    numbers("+A", value, &n, NULL);
    in_range("+A", n, 0, BRC_SCHED_MOST);
}

static void set_processes(const char *value) {
    long n = 0;
    numbers("+P", value, &n, NULL);
    brc_proc_set_limit(in_range("+P", n, 1024, 134217727));
}

static void set_atoms(const char *value) {
    long n = 0;
    numbers("+t", value, &n, NULL);
    brc_term_atom_limit = in_range("+t", n, 8192, INT32_MAX);
}

static void set_ring(const char *value) {
    bool yes = strcmp(value, "true") == 0;
    if (!yes && strcmp(value, "false") != 0) refuse("+IOring wants true or false");
    if (yes && brc_sched_choose_ring) brc_sched_choose_ring();
}

static const struct {
    const char *name;
    void (*set)(const char *value);
} known[] = {
    {"+SDcpu", set_dirty},   {"+SDPcpu", set_dirty_percentages},
    {"+SDio", set_dirty_io}, {"+IOring", set_ring},
    {"+A", set_async},       {"+SP", set_percentages},
    {"+S", set_schedulers},  {"+P", set_processes},
    {"+t", set_atoms},
};

/* Whether `flag` itself holds the value ("+S4"), follows it ("+S 4"), or is another flag. */
static const char *value_of(const char *flag, const char *name, char **rest) {
    size_t n = strlen(name);
    if (strncmp(flag, name, n) != 0) return NULL;
    if (flag[n] == 0) {
        const char *next = strtok_r(NULL, " \t\n", rest);
        if (!next) refuse("%s wants a value", name);
        return next;
    }
    return (flag[n] >= '0' && flag[n] <= '9') || flag[n] == ':' ? flag + n : NULL;
}

static bool is_for_init; /* a flag with - has been seen: what follows it may be its values */

static void take(const char *flag, char **rest) {
    if (flag[0] == '-' || (is_for_init && flag[0] != '+')) {
        is_for_init = true;
        return;
    }
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        const char *value = value_of(flag, known[i].name, rest);
        if (!value) continue;
        known[i].set(value);
        return;
    }
    if (flag[0] != '+' || !flag[1]) refuse("%s is no flag (they begin with + or -)", flag);
    static const char alone[] = " +c +d +V +v +B +Bc +Bd +Bi +l +W +Ww +We +Wi ";
    char padded[32];
    brc_base_format(padded, sizeof padded, " %.28s ", flag);
    if (!strstr(alone, padded) && strlen(flag) <= 6 && !strpbrk(flag, "0123456789"))
        (void)strtok_r(NULL, " \t\n", rest);
}

void brc_io_take_flags(void) {
    uint32_t n = brc_sched_processors();
    brc_sched_set_threads(n, n);
    const char *flags = getenv("BEAMRC_FLAGS");
    if (!flags) {
        brc_sched_set_dirty(0, 0, 0);
        return;
    }
    char *text = strdup(flags), *rest = NULL;
    if (!text) refuse("out of memory");
    for (char *flag = strtok_r(text, " \t\n", &rest); flag; flag = strtok_r(NULL, " \t\n", &rest))
        take(flag, &rest);
    free(text);
    brc_sched_set_dirty(dirty.cpu, dirty.cpu_online, dirty.io);
}
