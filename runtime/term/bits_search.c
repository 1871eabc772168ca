/* bits_search.c: one text is found by memchr or memmem (two-way: linear), several by the automaton
 * of Aho and Corasick ("Efficient string matching", 1975) made deterministic: a state per prefix of
 * a text, a row of next states per class of bytes, bytes that no text has sharing class 0.
 *
 * For the leftmost and longest match the automaton runs on while the prefix that it is in began at
 * or before the best match so far. */
#include <stdlib.h>
#include "term/bits_search.h"

struct BytesPattern {
    size_t size; /* of the only text, 0: several */
    uint8_t *text;
    /* several: */
    uint32_t states, classes;
    uint8_t class_of[256];
    uint8_t starts[256]; /* 1: a text begins with this byte */
    uint32_t *next;      /* [state * classes + class] */
    uint32_t *depth;     /* length of the state's prefix */
    uint32_t *found;     /* length of the longest text that ends here, 0: none */
};

static void *array(size_t n, size_t size) {
    void *at = calloc(n, size);
    if (at == NULL) abort();
    return at;
}

static BytesPattern *single(const uint8_t *text, size_t size) {
    BytesPattern *s = array(1, sizeof *s);
    s->size = size;
    s->text = array(size, 1);
    memcpy(s->text, text, size);
    return s;
}

static void number_classes(BytesPattern *s, const uint8_t *text, size_t size) {
    s->starts[text[0]] = 1;
    for (size_t i = 0; i < size; i++) {
        uint8_t b = text[i];
        if (s->class_of[b] == 0 && s->classes < 256) s->class_of[b] = (uint8_t)s->classes++;
    }
}

/* Adds a text to the trie; 0 stands for "no such child" as the root is nobody's. */
static void add_text(BytesPattern *s, const uint8_t *text, size_t size) {
    uint32_t state = 0;
    for (size_t i = 0; i < size; i++) {
        uint32_t *child = &s->next[(size_t)state * s->classes + s->class_of[text[i]]];
        if (*child == 0) {
            *child = s->states++;
            s->depth[*child] = s->depth[state] + 1;
        }
        state = *child;
    }
    s->found[state] = (uint32_t)size;
}

/* Turns the trie into the automaton, level by level: a missing child is that of the longest proper
 * suffix that is a prefix too. */
static void link_states(BytesPattern *s) {
    uint32_t *queue = array(s->states, sizeof *queue), *suffix = array(s->states, sizeof *suffix);
    size_t head = 0, tail = 0;
    queue[tail++] = 0;
    while (head < tail) {
        uint32_t state = queue[head++];
        uint32_t *row = s->next + (size_t)state * s->classes;
        const uint32_t *fall = s->next + (size_t)suffix[state] * s->classes;
        if (s->found[state] == 0) s->found[state] = s->found[suffix[state]];
        for (uint32_t c = 0; c < s->classes; c++) {
            uint32_t child = row[c];
            if (child != 0 && s->depth[child] == s->depth[state] + 1) {
                suffix[child] = state == 0 ? 0 : fall[c];
                queue[tail++] = child;
            } else {
                row[c] = state == 0 ? 0 : fall[c];
            }
        }
    }
    free(queue);
    free(suffix);
}

BytesPattern *brc_term_pattern_new(const uint8_t *const *texts, const size_t *sizes, size_t n) {
    if (n == 1) return single(texts[0], sizes[0]);
    BytesPattern *s = array(1, sizeof *s);
    size_t total = 1;
    s->classes = 1;
    for (size_t i = 0; i < n; i++) {
        number_classes(s, texts[i], sizes[i]);
        total += sizes[i];
    }
    s->next = array(total * s->classes, sizeof *s->next);
    s->depth = array(total, sizeof *s->depth);
    s->found = array(total, sizeof *s->found);
    s->states = 1;
    for (size_t i = 0; i < n; i++)
        add_text(s, texts[i], sizes[i]);
    link_states(s);
    return s;
}

void brc_term_pattern_free(BytesPattern *s) {
    free(s->text);
    free(s->next);
    free(s->depth);
    free(s->found);
    free(s);
}

static bool find_single(const BytesPattern *s, const uint8_t *hay, size_t from, size_t size,
                        size_t *at, size_t *len) {
    const uint8_t *hit = s->size == 1 ? memchr(hay + from, s->text[0], size - from)
                                      : memmem(hay + from, size - from, s->text, s->size);
    if (hit == NULL) return false;
    *at = (size_t)(hit - hay);
    *len = s->size;
    return true;
}

bool brc_term_pattern_find(const BytesPattern *s, const uint8_t *hay, size_t from, size_t size,
                           size_t *at, size_t *len) {
    if (from >= size) return false;
    if (s->size != 0) return find_single(s, hay, from, size, at, len);
    uint32_t state = 0;
    size_t best = SIZE_MAX, best_len = 0;
    for (size_t i = from; i < size; i++) {
        if (state == 0) {
            if (best_len != 0) break;
            while (i < size && !s->starts[hay[i]])
                i++;
            if (i == size) break;
        }
        state = s->next[(size_t)state * s->classes + s->class_of[hay[i]]];
        if (i + 1 - s->depth[state] > best) break;
        uint32_t n = s->found[state];
        if (n != 0 && i + 1 - n <= best) {
            best = i + 1 - n;
            best_len = n;
        }
    }
    *at = best;
    *len = best_len;
    return best_len != 0;
}
