/* progress.c: the line that moves while modules are compiled, on a terminal; with -v a line per
 * module instead; nothing where the output is no terminal. */
#include "cli/progress.h"
#include "base/diag.h"
#include <stdio.h>
#include <time.h>
#include <unistd.h>

struct Progress {
    struct timespec start;
    bool terminal, shown;
};

Progress *progress_new(void) {
    Progress *p = mem_new(Progress);
    clock_gettime(CLOCK_MONOTONIC, &p->start);
    p->terminal = isatty(2) && diag_verbosity() == 0;
    return p;
}

double progress_seconds(const Progress *p) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - p->start.tv_sec) + (double)(now.tv_nsec - p->start.tv_nsec) / 1e9;
}

static char *time_text(double seconds) {
    unsigned s = (unsigned)(seconds + 0.5);
    return s >= 60 ? mem_format("%u min %u s", s / 60, s % 60) : mem_format("%u s", s);
}

void progress_show(const Job *job, size_t done, size_t total, double share, void *arg) {
    Progress *p = arg;
    if (job) diag_note("[%zu/%zu] %s", done, total, job->name);
    if (!p->terminal) return;
    double spent = progress_seconds(p);
    const char *left = "";
    if (share > 0.02 && share < 1)
        left = mem_format(", %s left", time_text(spent / share * (1 - share)));
    fprintf(stderr, "\r\033[Kcompiling: %zu of %zu modules%s", done, total, left);
    fflush(stderr);
    p->shown = true;
}

void progress_end(Progress *p) {
    if (p->shown) fputs("\r\033[K", stderr);
    p->shown = false;
}
