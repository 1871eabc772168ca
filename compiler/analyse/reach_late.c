/* reach_late.c: functions that matter only under a condition, whoever calls them: what explains the
 * errors of module re matters where re is called. Until the condition holds they wait. */
#include "analyse/reach_state.h"

static bool is_meant(const ReachLate *l, const ReachModule *m, const BeamFunction *fn) {
    return !strcmp(l->module, m->name) &&
           (!l->function ||
            (l->arity == fn->arity && !strcmp(l->function, m->beam->atoms[fn->name])));
}

/* Is there a condition, and none of several holds? */
static bool has_to_wait(const Reach *r, const ReachModule *m, size_t function) {
    const ReachState *s = r->state;
    bool waits = false;
    for (size_t i = 0; i < s->lates.count; i++) {
        const ReachLate *l = &s->lates.at[i];
        if (!is_meant(l, m, &m->beam->functions.at[function])) continue;
        if (reach_holds(r, l->when, l->by_program)) return false;
        waits = true;
    }
    return waits;
}

bool reach_is_late(Reach *r, ReachModule *m, size_t function) {
    ReachState *s = r->state;
    bool asked =
        s->by_own && !s->by.module && !s->by.function; /* a root of the program's builder */
    if (asked || !has_to_wait(r, m, function)) return false;
    for (size_t i = 0; i < s->waiting.count; i++)
        if (s->waiting.at[i].module == m && s->waiting.at[i].function == function) return true;
    vec_push(&s->waiting, ((Waiting){m, function, s->by, s->by_own, s->matching}));
    return true;
}

bool reach_take_late(Reach *r) {
    ReachState *s = r->state;
    bool more = false;
    size_t n = s->waiting.count;
    for (size_t i = 0; i < n; i++) {
        Waiting w = s->waiting.at[i];
        if (!w.module || has_to_wait(r, w.module, w.function)) continue;
        s->waiting.at[i].module = NULL;
        s->by = w.by;
        s->by_own = w.by_own;
        s->matching = w.matching;
        reach_function(r, w.module, w.function);
        s->matching = false;
        more = true;
    }
    return more;
}

void reach_leave_out(Reach *r) {
    for (size_t i = 0; i < r->state->waiting.count; i++) {
        Waiting w = r->state->waiting.at[i];
        if (w.module)
            vec_push(&r->left_out,
                     ((ReachLeftOut){w.module->beam, &w.module->beam->functions.at[w.function]}));
    }
}

void reach_late(Reach *r, ReachLate late) {
    vec_push(&r->state->lates, late);
}

bool reach_can_be_late(const Reach *r, const ReachModule *m, size_t function) {
    const ReachState *s = r->state;
    for (size_t i = 0; i < s->lates.count; i++)
        if (s->lates.at[i].function &&
            is_meant(&s->lates.at[i], m, &m->beam->functions.at[function]))
            return true;
    return false;
}
