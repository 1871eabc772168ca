/* enter.c: ways into the interpreter: from compiled code, after a turn, a wait or a raise. Each
 * brings the X registers and the address of an instruction. What code/ leaves to others (its weak
 * functions) is found here as soon as a program can load code. */
#include "code/enter.h"
#include "code/export.h"
#include "code/fail.h"
#include "code/raise.h"
#include "code/trace.h"
#include "ctx/fail.h"
#include "heap/heap.h"
#include "interp/found.h"
#include "interp/run.h"
#include "interp/words.h"

#define RUN(code) CODE_JUMP(brc_interp_run, (Term)(uintptr_t)(code), x1, x2, x3, x4, x5)

CODE_FN(brc_interp_enter) {
    CODE_SAVE_X();
    RUN(p->trap);
}

CODE_FN(brc_interp_return) {
    p->x[0] = x0;
    Term pc = sp[1];
    sp[0] = 0;
    RUN(pc);
}

CODE_FN(brc_interp_resume) {
    CODE_SAVE_X();
    RUN(p->x[p->live - 1]);
}

/* sp[1]: address of the wait; its label is where the receive begins again. */
CODE_FN(brc_interp_receive) {
    (void)x0;
    const Word *wait = (const Word *)sp[1];
    sp += 2;
    RUN(wait[1]);
}

CODE_FN(brc_interp_timeout) {
    (void)x0;
    const Word *wait = (const Word *)sp[1];
    sp += 2;
    RUN(wait + WAIT_TIMEOUT_WORDS);
}

/* ---- handlers ---- */

/* Interpreted code lies above the program's own. */
static bool is_native(Term address) {
    extern const char etext[];
    return address < (Term)(uintptr_t)etext;
}

Code *brc_interp_handler_at(Proc *p, Term word) {
    if (is_native(word)) return (Code *)(word - BRC_TAG_CATCH);
    p->trap = (Code *)(word - BRC_TAG_CATCH);
    return brc_interp_handler;
}

/* The handler's first instruction tells where in the frame its word is, and its kind. */
CODE_FN(brc_interp_handler) {
    CODE_SAVE_X();
    const Word *pc = (const Word *)(uintptr_t)p->trap;
    sp = (Term *)((char *)sp - (pc[1] & ~(Word)3));
    sp[0] = 0;
    if (pc[2]) {
        CODE_OUT();
        p->x[0] = brc_code_catch_value(p, x0, x1, x2);
        hp = p->hp, reds = p->reds;
    }
    RUN(pc);
}

/* ---- traces ---- */

size_t brc_interp_trace_gather(const Proc *p, bool shown, Term *places, size_t n, size_t most) {
    Term before = 0;
    if (shown) before = *p->sp == INTERP_RETURN ? p->sp[1] : *p->sp;
    for (const Term *s = p->sp; s < p->stack_end && n < most; s++) {
        if ((*s & BRC_NIBBLE_MASK) != BRC_TAG_RETURN) continue;
        bool interpreted = *s == INTERP_RETURN;
        Term here = interpreted ? s[1] : *s;
        if (here == before) continue;
        before = here;
        places[n++] =
            interpreted ? ((const Word *)here)[-1] : *s - BRC_TAG_RETURN + BRC_RETURN_MARK;
    }
    return n;
}

static const Loc *place_before(Term pc) {
    return (const Loc *)(uintptr_t)((const Word *)pc)[-1];
}

const Loc *brc_interp_frame_place(const Term *at) {
    if ((*at & BRC_NIBBLE_MASK) != BRC_TAG_RETURN) return NULL;
    return *at == INTERP_RETURN ? place_before(at[1]) : brc_code_return_place(*at);
}

/* The receive that a wait goes back to. */
const Loc *brc_interp_resume_place(const Proc *p) {
    if (p->resume != brc_interp_receive)
        return brc_code_return_place((Term)p->resume + BRC_TAG_RETURN);
    const Word *receive = word_code(((const Word *)p->sp[1])[1]);
    return *receive == brc_interp_places()[I_loop_rec]
               ? place_before((Term)(receive + LOOP_REC_WORDS))
               : NULL;
}

/* ---- functions ---- */

/* What neither the program nor loaded code has may be in a file of the path. */
Code *brc_interp_absent(Proc *p, Term module, Term name, uint32_t arity, Term args) {
    Word code = brc_interp_find(module, name, arity);
    if (code) {
        p->trap = (Code *)(uintptr_t)code;
        return brc_interp_enter;
    }
    if (args == BRC_NONE) args = brc_code_arguments(p, arity);
    Word undefined = brc_interp_find(module, AM(handle_undefined_function), 2);
    if (undefined) {
        p->x[0] = name;
        p->x[1] = args;
        p->trap = (Code *)(uintptr_t)undefined;
        return brc_interp_enter;
    }
    Code *handler = brc_code_find_export(AM(brc_loader), AM(brc_undefined), 3);
    bool there = brc_code_module(module) && !brc_code_export(module, name, arity);
    if (!handler || there || brc_interp_current(module))
        return brc_code_undefined(p, module, name, args);
    p->x[0] = module;
    p->x[1] = name;
    p->x[2] = args;
    return handler;
}
