/* slice.c: stacks for long work, and the way between them and the scheduler's.
 *
 * A stack is a mapping of STACK_BYTES with a page below it that nothing may touch; the Slice lies
 * at its upper end. Some spare ones are kept, linked, for each thread. */
#include "ctx/slice.h"
#include "base/panic.h"
#include <stdlib.h>
#include <sys/mman.h>

#define STACK_BYTES ((size_t)256 << 10)
#define GUARD_BYTES ((size_t)16 << 10)
#define KEEP_SPARE  8
#define SLICE_NS    1000000

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ONE_STACK 1 /* it knows one stack only: there work is done directly */
#endif
#endif

struct __attribute__((aligned(16))) Slice {
    void *sp, *back; /* of this stack; of the scheduler's while this one runs */
    Proc *p;
    SliceWork *work;
    Term args[BRC_SLICE_ARGS];
    Term result;
    bool done;
    const Bif *bif;
    const Loc *loc;
    Slice *next; /* among the spare ones */
};

_Thread_local int64_t brc_ctx_slice_left;
static _Thread_local Slice *running, *spare;
static _Thread_local unsigned spare_count;

/* Stores what a C function keeps for its caller and the stack's address at *save, goes on where
 * `load` was stored so. */
void brc_ctx_slice_swap(void **save, void *load);
#if defined(__x86_64__)
__asm__(".text\n.globl brc_ctx_slice_swap\n.type brc_ctx_slice_swap,@function\n.balign 16\n"
        "brc_ctx_slice_swap:\n"
        "push %rbp\npush %rbx\npush %r12\npush %r13\npush %r14\npush %r15\n"
        "mov %rsp, (%rdi)\nmov %rsi, %rsp\n"
        "pop %r15\npop %r14\npop %r13\npop %r12\npop %rbx\npop %rbp\nret\n"
        ".size brc_ctx_slice_swap,.-brc_ctx_slice_swap\n");
enum { SAVED_WORDS = 7, ENTRY_WORD = 6 };
#elif defined(__aarch64__)
__asm__(".text\n.globl brc_ctx_slice_swap\n.type brc_ctx_slice_swap,%function\n.balign 16\n"
        "brc_ctx_slice_swap:\n"
        "sub sp, sp, #160\n"
        "stp x19, x20, [sp]\nstp x21, x22, [sp, #16]\nstp x23, x24, [sp, #32]\n"
        "stp x25, x26, [sp, #48]\nstp x27, x28, [sp, #64]\nstp x29, x30, [sp, #80]\n"
        "stp d8, d9, [sp, #96]\nstp d10, d11, [sp, #112]\nstp d12, d13, [sp, #128]\n"
        "stp d14, d15, [sp, #144]\n"
        "mov x9, sp\nstr x9, [x0]\nmov sp, x1\n"
        "ldp x19, x20, [sp]\nldp x21, x22, [sp, #16]\nldp x23, x24, [sp, #32]\n"
        "ldp x25, x26, [sp, #48]\nldp x27, x28, [sp, #64]\nldp x29, x30, [sp, #80]\n"
        "ldp d8, d9, [sp, #96]\nldp d10, d11, [sp, #112]\nldp d12, d13, [sp, #128]\n"
        "ldp d14, d15, [sp, #144]\nadd sp, sp, #160\nret\n"
        ".size brc_ctx_slice_swap,.-brc_ctx_slice_swap\n");
enum { SAVED_WORDS = 20, ENTRY_WORD = 11 };
#endif

#ifndef ONE_STACK
/* First on a new stack. */
__attribute__((noreturn)) static void work_on(void) {
    Slice *s = running;
    s->result = s->work(s->p, s->args);
    s->done = true;
    brc_ctx_slice_swap(&s->sp, s->back);
    abort();
}

static Slice *new_stack(void) {
    Slice *s = spare;
    if (s != NULL) {
        spare = s->next;
        spare_count--;
        return s;
    }
    char *low = mmap(NULL, STACK_BYTES + GUARD_BYTES, PROT_READ | PROT_WRITE,
                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (low == MAP_FAILED || mprotect(low, GUARD_BYTES, PROT_NONE) != 0)
        brc_base_panic("out of memory (a stack for long work)");
    return (Slice *)(low + GUARD_BYTES + STACK_BYTES) - 1;
}

#endif

void brc_ctx_slice_end(Slice *s) {
    s->p->flags &= ~BRC_PROC_IN_SLICE;
    if (spare_count < KEEP_SPARE) {
        s->next = spare;
        spare = s;
        spare_count++;
        return;
    }
    munmap((char *)(s + 1) - STACK_BYTES - GUARD_BYTES, STACK_BYTES + GUARD_BYTES);
}

bool brc_ctx_slice_go_on(Slice *s, Term *result) {
    running = s;
    brc_ctx_slice_left = SLICE_NS;
    brc_ctx_slice_swap(&s->back, s->sp);
    running = NULL;
    brc_ctx_slice_left = 0;
    *result = s->result;
    return s->done;
}

/* Not inlined: what is thread-local may be another's when it comes back. */
__attribute__((noinline)) void brc_ctx_slice_leave(void) {
    Slice *s = running;
    if (s != NULL)
        brc_ctx_slice_swap(&s->sp, s->back);
    else
        brc_ctx_slice_left = INT64_MAX; /* nothing to leave: no look here for long */
}

Term brc_ctx_slice_begin(Proc *p, SliceWork *work, const Term *args, unsigned n,
                         Slice **unfinished) {
    *unfinished = NULL;
#ifdef ONE_STACK
    (void)n;
    return work(p, args);
#else
    if (running != NULL) return work(p, args);
    Slice *s = new_stack();
    s->p = p;
    s->work = work;
    s->done = false;
    for (unsigned i = 0; i < BRC_SLICE_ARGS; i++)
        s->args[i] = i < n ? args[i] : BRC_NIL;
    void **words = (void **)s - (SAVED_WORDS + 1) / 2 * 2;
    for (unsigned i = 0; i < SAVED_WORDS; i++)
        words[i] = NULL;
    words[ENTRY_WORD] = (void *)work_on;
    s->sp = words;
    p->flags |= BRC_PROC_IN_SLICE;
    Term result;
    if (!brc_ctx_slice_go_on(s, &result)) {
        *unfinished = s;
        return BRC_NONE;
    }
    brc_ctx_slice_end(s);
    return result;
#endif
}

const Term *brc_ctx_slice_args(const Slice *s) {
    return s->args;
}

void brc_ctx_slice_note(Slice *s, const Bif *bif, const Loc *loc) {
    s->bif = bif;
    s->loc = loc;
}

void brc_ctx_slice_noted(const Slice *s, const Bif **bif, const Loc **loc) {
    *bif = s->bif;
    *loc = s->loc;
}
