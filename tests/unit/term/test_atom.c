/* test_atom.c: atoms of atom.def, of the program and made at run time; two texts with one hash;
 * many threads making the same atoms. */
#define FAKE_OWN_PROGRAM
#include <criterion/criterion.h>
#include <pthread.h>
#include <stdio.h>
#include "abi/atomhash.h"
#include "support/fakeproc.h"
#include "term/atom.h"

enum { STATIC_ATOMS = 3000 };
static char texts[STATIC_ATOMS][16];
typedef struct AtomText {
    Term atom;
    const char *text;
    uint32_t len;
} AtomText;
static AtomText atoms[STATIC_ATOMS + 1];
static Term terms[STATIC_ATOMS + 1];
static uint32_t places[STATIC_ATOMS + 2];
static char all_texts[STATIC_ATOMS * 16];
const Program brc_program = {
    .atoms = terms, .atom_places = places, .atom_texts = all_texts, .atom_count = STATIC_ATOMS + 1};

static int by_atom(const void *a, const void *b) {
    Term x = ((const AtomText *)a)->atom, y = ((const AtomText *)b)->atom;
    return (x > y) - (x < y);
}

/* The program's table; its last one sits where the hash of "taken" belongs. */
static void make_program(void) {
    for (int i = 0; i < STATIC_ATOMS; i++) {
        int len = snprintf(texts[i], sizeof texts[i], "static_%d", i);
        atoms[i] = (AtomText){brc_atom_hash(texts[i], (size_t)len), texts[i], (uint32_t)len};
    }
    atoms[STATIC_ATOMS] = (AtomText){brc_atom_hash("taken", 5), "squatter", 8};
    qsort(atoms, STATIC_ATOMS + 1, sizeof *atoms, by_atom);
    for (int i = 0; i <= STATIC_ATOMS; i++) {
        terms[i] = atoms[i].atom;
        memcpy(all_texts + places[i], atoms[i].text, atoms[i].len + 1);
        places[i + 1] = places[i] + atoms[i].len + 1;
    }
}

static void expect_text(Term atom, const char *text) {
    size_t len;
    const char *found = brc_term_atom_text(atom, &len);
    cr_assert_str_eq(found, text);
    cr_assert_eq(len, strlen(text));
}

Test(atom, known_ones, .init = make_program) {
    expect_text(AM(undefined), "undefined");
    expect_text(AM(empty), "");
    cr_expect_eq(brc_term_atom_intern("undefined", 9), AM(undefined));
    cr_expect_eq(brc_term_atom_existing("", 0), AM(empty));
    for (int i = 0; i <= STATIC_ATOMS; i++) {
        expect_text(atoms[i].atom, atoms[i].text);
        if (strcmp(atoms[i].text, "squatter") != 0)
            cr_assert_eq(brc_term_atom_existing(atoms[i].text, atoms[i].len), atoms[i].atom);
    }
    cr_expect_eq(brc_term_atom_existing("no such", 7), BRC_NONE);
}

Test(atom, one_hash_two_texts, .init = make_program) {
    Term atom = brc_term_atom_intern("taken", 5);
    cr_expect_eq(atom, brc_atom_hash("taken", 5) + 16);
    expect_text(atom, "taken");
    expect_text(brc_atom_hash("taken", 5), "squatter");
    cr_expect_eq(brc_term_atom_existing("taken", 5), atom);
}

Test(atom, order, .init = make_program) {
    Term a = brc_term_atom_intern("abc", 3), b = brc_term_atom_intern("abcd", 4);
    Term c = brc_term_atom_intern("b", 1), e = brc_term_atom_intern("\xc3\xa9", 2);
    cr_expect_eq(brc_term_atom_compare(a, b), -1);
    cr_expect_eq(brc_term_atom_compare(c, b), 1);
    cr_expect_eq(brc_term_atom_compare(c, c), 0);
    cr_expect_eq(brc_term_atom_compare(c, e), -1);
    cr_expect_eq(brc_term_atom_compare(AM(empty), a), -1);
}

enum { MADE = 20000 };
static Term made[4][MADE];

static void *make_many(void *arg) {
    Term *to = arg;
    for (int i = 0; i < MADE; i++) {
        char text[32];
        to[i] = brc_term_atom_intern(text, (size_t)snprintf(text, sizeof text, "dynamic %d", i));
    }
    return NULL;
}

Test(atom, threads_agree, .init = make_program) {
    pthread_t t[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&t[i], NULL, make_many, made[i]);
    for (int i = 0; i < 4; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < MADE; i++) {
        char text[32];
        snprintf(text, sizeof text, "dynamic %d", i);
        for (int j = 0; j < 4; j++)
            cr_assert_eq(made[j][i], made[0][i]);
        expect_text(made[0][i], text);
    }
}
