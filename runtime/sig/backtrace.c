/* backtrace.c: process_info's `backtrace`: where a process is, its stack word by word, as text in
 * the form that erl has. */
#include "base/format.h"
#include "sig/signal.h"
#include "abi/bif.h"
#include "code/raise.h"
#include "code/trace.h"
#include "term/bits.h"
#include "term/print.h"
#include <stdlib.h>

/* 0x... (Module:Function/Arity + Bytes), of the code at `address` in the function to which `word`
 * returns. */
static void put_place(BaseText *t, uint64_t address, Term word) {
    const Loc *at = brc_code_return_place(word);
    brc_base_text_add(t, "0x%016lx (", address);
    if (at) {
        uint64_t first = word - BRC_TAG_RETURN - brc_code_return_offset(word);
        brc_term_print(BRC_LOC_FN(at)->module, brc_base_text_put, t);
        brc_base_text_add(t, ":");
        brc_term_print(BRC_LOC_FN(at)->name, brc_base_text_put, t);
        brc_base_text_add(t, "/%u + %lu)\n", BRC_LOC_FN(at)->arity,
                          address < first ? 0 : address - first);
    } else {
        bool bottom = address == (uint64_t)brc_code_process_end;
        brc_base_text_add(t, bottom ? "<terminate process normally>)\n" : "unknown function)\n");
    }
}

static void put_code(BaseText *t, Term word) {
    put_place(t, word - BRC_TAG_RETURN, word);
}

static void put_slot(BaseText *t, unsigned y, Term word, Term frame) {
    brc_base_text_add(t, "y(%u)     ", y);
    if ((word & BRC_NIBBLE_MASK) == BRC_TAG_CATCH) {
        brc_base_text_add(t, "Catch ");
        put_place(t, word - BRC_TAG_CATCH, frame);
        return;
    }
    brc_term_print(word, brc_base_text_put, t);
    brc_base_text_add(t, "\n");
}

static void put_stack(BaseText *t, const Proc *p) {
    unsigned y = 0;
    Term frame = (Term)p->resume + BRC_TAG_RETURN;
    for (const Term *s = p->sp; s < p->stack_end; s++) {
        if ((*s & BRC_NIBBLE_MASK) == BRC_TAG_RETURN) {
            brc_base_text_add(t, "\n0x%016lx Return addr ", (uint64_t)s);
            put_code(t, *s);
            frame = *s;
            y = 0;
        } else if (s > p->sp) {
            put_slot(t, y++, *s, frame);
        }
    }
}

Term brc_sig_backtrace(Proc *p, bool self) {
    BaseText t = {0};
    brc_base_text_add(&t, "Program counter: ");
    if (self)
        brc_base_text_add(&t, "0x%016lx (erlang:process_info/2 + 0)\n",
                          (uint64_t)brc_bif_erlang_process_info_2);
    else
        put_code(&t, (Term)p->resume + BRC_TAG_RETURN);
    put_stack(&t, p);
    Term binary = brc_term_bin_new(p, (const uint8_t *)t.bytes, t.size);
    free(t.bytes);
    return binary;
}
