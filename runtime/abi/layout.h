/* layout.h: how terms, frames and processes lie in memory; shared by the compiler's generated C
 * and by the runtime. No code, only shapes.
 *
 * A term is one 64-bit word. Its low bits tell what it is:
 *
 *   ......00  small integer, value << 2 (62 bits)
 *   ......01  list cell: address of [head][tail]
 *   ......10  boxed: address of [header][payload...]
 *   ....0011  atom: a number below 2^27 for those in atom.def, else a 60-bit hash of its text
 *   ..000111  local process identifier     ..010111  local port identifier
 *   ..100111  special: nil, none           ....1011  catch word (stack only): handler code + 11
 *   ....1111  header of a boxed object (heap) or return address + 15 (stack)
 *
 * Functions and static data are aligned to 16 and linked below 4 GB (never position
 * independent), heaps always lie above: one compare tells a literal from a heap object.
 * A pointer to static data, aligned, reads as a small integer, so the collector passes it by.
 *
 * The Erlang stack grows down, a frame of n Y registers being
 *
 *   sp[0]      continuation of the call this frame makes now (written at each call)
 *   sp[1..n]   Y0..Y(n-1)
 *   sp[n+1]    the caller's sp[0]: where this function returns to
 *
 * so a function without frame returns through sp[0], and one with a frame pops n+1 words first.
 */
#pragma once
#include <stdint.h>
#include <stddef.h>
#include <stdatomic.h>

typedef uint64_t Term;
typedef int64_t STerm; /* the same bits, signed: smalls compare and shift with their sign */

/* ---- tags ---- */
#define BRC_TAG_MASK    3u
#define BRC_TAG_SMALL   0u
#define BRC_TAG_LIST    1u
#define BRC_TAG_BOXED   2u
#define BRC_TAG_IMM     3u
#define BRC_NIBBLE_MASK 15u
#define BRC_TAG_ATOM    0x3u
#define BRC_TAG_PIDLIKE 0x7u
#define BRC_TAG_CATCH   0xBu
#define BRC_TAG_HEADER  0xFu
#define BRC_TAG_RETURN  0xFu
#define BRC_IMM2_MASK   0x3Fu
#define BRC_TAG_PID     0x07u /* data << 6: slot in bits 0..27, serial above */
#define BRC_TAG_PORT    0x17u
#define BRC_NIL         ((Term)0x27) /* [] */
#define BRC_NONE        ((Term)0x67) /* no term: a failed built-in, a moved list cell's head */

#define BRC_SMALL(n)       ((Term)(int64_t)(n) << 2)
#define BRC_SMALL_BITS     62
#define BRC_SMALL_MAX      ((INT64_C(1) << 61) - 1)
#define BRC_SMALL_MIN      (-(INT64_C(1) << 61))
#define BRC_ATOM_INDEX(i)  ((Term)(i) << 4 | BRC_TAG_ATOM) /* atom.def's i-th */
#define BRC_ATOM_WELLKNOWN (UINT64_C(1) << 27)             /* hashes of others lie at or above */

/* ---- boxed objects: header = payload words << 8 | kind << 4 | 15 ---- */
enum BrcKind {
    /* payload is only terms (or aligned static addresses, which read as smalls) */
    BRC_TUPLE = 0,    /* elements */
    BRC_FLATMAP = 1,  /* keys tuple, then the values in the order of the keys; at most 32 keys */
    BRC_HASHMAP = 2,  /* count (small), root node (boxed HNODE) */
    BRC_HNODE = 3,    /* bitmap (small), then one child per bit set; see term/hamt.c */
    BRC_FUN = 4,      /* FunEntry *, then the free variables; external funs have none */
    BRC_SUBBITS = 5,  /* original HEAPBIN or REFBIN, bit offset (small), bit size (small),
                         flags (small; bit 0: writable, the owner may append in place) */
    BRC_MATCHCTX = 6, /* as BRC_SUBBITS' original, data (aligned address), position in bits
                         (small), end in bits (small) */
    BRC_EXTERNAL = 7, /* kind (small: 0 pid, 1 port, 2 reference), node atom, creation (small),
                         then the identifier's 32-bit words as smalls */
    /* payload is raw */
    BRC_FLOAT = 8,    /* double */
    BRC_BIGPOS = 9,   /* 64-bit limbs, least significant first, none leading zero */
    BRC_BIGNEG = 10,  /* same, negative */
    BRC_HEAPBIN = 11, /* size in bytes, then the bytes, padded; at most 64 bytes */
    BRC_REFBIN = 12, /* size in bytes, next off-heap object (Term *), SharedBin *, data (aligned) */
    BRC_REF = 13,    /* three raw words: id; (magic: next off-heap object, Magic *) */
};
#define BRC_KIND_RAW        8
#define BRC_HEADER(kind, n) ((Term)(n) << 8 | (Term)(kind) << 4 | BRC_TAG_HEADER)
#define BRC_HEADER_KIND(h)  ((unsigned)((h) >> 4) & 15u)
#define BRC_HEADER_WORDS(h) ((size_t)((h) >> 8)) /* payload words; the header is one more */
#define BRC_FLATMAP_MAX     32
#define BRC_HEAPBIN_MAX     64
#define BRC_MAX_ARITY       255

/* Anything below is static data of the program or a run-time literal; heaps lie above. */
#define BRC_LITERAL_LIMIT (UINT64_C(1) << 32)

/* ---- code ---- */
typedef struct Proc Proc;

/* Every piece of generated code has this one type. p: the running process; hp: next free heap
 * word; sp: top of stack; reds: reductions left; x0..x5: X registers (x6 on: p->x[6]...). */
#define BRC_CODE_ARGS                                                                              \
    Proc *p, Term *hp, Term *sp, int64_t reds, Term x0, Term x1, Term x2, Term x3, Term x4, Term x5
#define BRC_REG_ARGS 6
typedef void __attribute__((preserve_none)) Code(BRC_CODE_ARGS);

/* One per function: named in traces. Static data, 16-aligned. */
typedef struct __attribute__((aligned(16))) FnInfo {
    Term module, name;
    uint32_t arity;
    uint32_t is_bif;
    const char *const *files; /* of the module, indexed by Loc.file */
} FnInfo;

/* A place in the source: what a trace prints. line 0: unknown (no file, no line). The numbers of
 * files and lines are as large as stock's. */
typedef struct __attribute__((aligned(8))) Loc {
    uint32_t back; /* bytes from its function's FnInfo, both being below BRC_LITERAL_LIMIT */
    uint32_t file : 8, line : 24;
} Loc;
#define BRC_LOC_FN(l) ((const FnInfo *)(uintptr_t)((uint32_t)(uintptr_t)(l) - (l)->back))

/* A function and the only place in it that is needed. */
typedef struct FnPlace {
    FnInfo fn;
    Loc at;
} FnPlace;
#define BRC_FN_PLACE(module, name, arity, is_bif)                                                  \
    {{(module), (name), (arity), (is_bif), NULL}, {offsetof(FnPlace, at), 0, 0}}

/* A fun's static part; local funs have one per fun in the module, external ones one per
 * function named (dynamic ones are interned). index -1: external. */
typedef struct __attribute__((aligned(16))) FunEntry {
    Code *code; /* local: takes the fun itself in X[arity] and unpacks the free variables */
    Term module, name;
    uint32_t arity;
    int32_t index;
    uint32_t nfree;
    uint32_t old_uniq;
    uint8_t uniq[16]; /* the module's MD5 */
    Term old_index;   /* small: index in the module's fun table */
} FunEntry;

/* One built-in function: its name, its C function, its code for apply and traps. */
typedef struct __attribute__((aligned(16))) Bif {
    Term module, name;
    uint32_t arity;
    uint32_t flags;
    void *fn;   /* Term (*)(Proc *, Term...) with `arity` terms */
    Code *code; /* takes x0.., returns through sp[0] */
} Bif;
#define BRC_BIF_ALLOC 1u /* may build terms: hp is stored before and loaded after */
#define BRC_BIF_TRAP  2u /* may trap, wait or exit: called as a function, with a continuation */

/* ---- off-heap bytes ---- */
typedef struct SharedBin {
    _Atomic(uint64_t) refs;
    uint64_t size_bytes; /* in use */
    uint64_t room_bytes; /* allocated; more than size_bytes where appended to */
    uint64_t flags;
    uint8_t data[] __attribute__((aligned(16)));
} SharedBin;

/* A block of terms outside the heap block, owned by one process or one message. */
typedef struct Frag {
    struct Frag *next;
    uint64_t words; /* room */
    uint64_t used;  /* words filled; the rest is no object */
    Term *offheap;  /* REFBINs and magic references within, linked by their next word */
    Term term;      /* what a message carries */
    uint64_t spare;
    Term data[];
} Frag;

/* ---- process ---- */
enum BrcFail { /* why a built-in returned BRC_NONE */
               BRC_FAIL_NO = 0,
               BRC_FAIL_RAISE, /* fclass, freason, ftrace are set */
               BRC_FAIL_TRAP,  /* go on in `trap` with p->x[0..trap_live) */
               BRC_FAIL_WAIT,  /* give up the processor; go on in `trap` when woken */
               BRC_FAIL_EXIT,  /* the process is to end now, with freason */
};

/* Invariants: 1. heap <= hp <= sp <= stack_end while not running; 2. old_heap <= old_hp <=
 * old_end; 3. heap <= high_water <= hp. While generated code runs, hp, sp and reds are in
 * registers and these fields are stale, save around calls of allocating built-ins. */
struct Proc {
    /* -- the owner, from generated code -- */
    Term *hp, *sp;
    int64_t reds;
    Term *x;        /* the scheduler's X registers while running (1024) */
    const Loc *loc; /* where the failing instruction stands; set on the way to a raise */
    Code *resume;   /* where to go on; its arguments are in saved X registers */
    uint32_t live;  /* X registers to keep over a yield */
    uint32_t fail;  /* enum BrcFail */
    Term fclass, freason, ftrace;
    const Bif *fbif; /* the built-in that failed, when the failure names it as a frame */
    Code *trap;
    uint32_t trap_live;
    uint32_t flags;
    /* -- the owner: binary construction in progress -- */
    uint8_t *bs_data;
    uint64_t bs_bits;
    Term bs_term; /* what the construction gives in the end; see term/bs_build.c */
    /* -- the owner: heap -- */
    Term *heap, *stack_end, *high_water;
    Term *old_heap, *old_hp, *old_end;
    Term *offheap, *old_offheap; /* lists of REFBINs and magic references */
    Frag *frags;
    uint64_t frag_words;
    uint64_t offheap_bytes; /* shared binaries this heap refers to, since the last collection */
    Term pid;
    Term finfo; /* error_info for the raising function's own frame (bit syntax), or BRC_NONE */
    struct ProcRest *rest; /* what generated code never touches; see proc/proc.h */
};
