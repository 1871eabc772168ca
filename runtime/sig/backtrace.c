/* backtrace.c: process_info's `backtrace`: where a process is, its stack word by word, as text in
 * the form that erl has. */
#include "sig/signal.h"
#include "abi/bif.h"
#include "base/panic.h"
#include "code/raise.h"
#include "code/trace.h"
#include "term/bits.h"
#include "term/print.h"
#include <stdio.h>
#include <stdlib.h>

typedef struct Text {
    FILE *stream;
    char *bytes;
    size_t size;
} Text;

static void put(const char *text, size_t n, void *t) {
    fwrite(text, 1, n, ((Text *)t)->stream);
}

/* 0x... (Module:Function/Arity + Bytes), of the code at `address` in the function to which `word`
 * returns. */
static void put_place(Text *t, uint64_t address, Term word) {
    const Loc *at = brc_code_return_place(word);
    fprintf(t->stream, "0x%016lx (", address);
    if (at) {
        uint64_t first = word - BRC_TAG_RETURN - brc_code_return_offset(word);
        brc_term_print(BRC_LOC_FN(at)->module, put, t);
        fputc(':', t->stream);
        brc_term_print(BRC_LOC_FN(at)->name, put, t);
        fprintf(t->stream, "/%u + %lu)\n", BRC_LOC_FN(at)->arity,
                address < first ? 0 : address - first);
    } else {
        bool bottom = address == (uint64_t)brc_code_process_end;
        fputs(bottom ? "<terminate process normally>)\n" : "unknown function)\n", t->stream);
    }
}

static void put_code(Text *t, Term word) {
    put_place(t, word - BRC_TAG_RETURN, word);
}

static void put_slot(Text *t, unsigned y, Term word, Term frame) {
    fprintf(t->stream, "y(%u)     ", y);
    if ((word & BRC_NIBBLE_MASK) == BRC_TAG_CATCH) {
        fputs("Catch ", t->stream);
        put_place(t, word - BRC_TAG_CATCH, frame);
        return;
    }
    brc_term_print(word, put, t);
    fputc('\n', t->stream);
}

static void put_stack(Text *t, const Proc *p) {
    unsigned y = 0;
    Term frame = (Term)p->resume + BRC_TAG_RETURN;
    for (const Term *s = p->sp; s < p->stack_end; s++) {
        if ((*s & BRC_NIBBLE_MASK) == BRC_TAG_RETURN) {
            fprintf(t->stream, "\n0x%016lx Return addr ", (uint64_t)s);
            put_code(t, *s);
            frame = *s;
            y = 0;
        } else if (s > p->sp) {
            put_slot(t, y++, *s, frame);
        }
    }
}

Term brc_sig_backtrace(Proc *p, bool self) {
    Text t = {0};
    t.stream = open_memstream(&t.bytes, &t.size);
    BRC_CHECK(t.stream != NULL);
    fputs("Program counter: ", t.stream);
    if (self)
        fprintf(t.stream, "0x%016lx (erlang:process_info/2 + 0)\n",
                (uint64_t)brc_bif_erlang_process_info_2);
    else
        put_code(&t, (Term)p->resume + BRC_TAG_RETURN);
    put_stack(&t, p);
    fclose(t.stream);
    Term binary = brc_term_bin_new(p, (const uint8_t *)t.bytes, t.size);
    free(t.bytes);
    return binary;
}
