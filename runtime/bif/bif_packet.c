/* bif_packet.c: erlang:decode_packet/3. */
#include "abi/bif.h"
#include "bif/packet.h"
#include "term/bits.h"
#include "term/int.h"
#include <stdlib.h>

static bool parse_options(Term list, enum PacketType type, PacketLimits *l) {
    for (; term_is_cons(list); list = term_tail(list)) {
        uint64_t n;
        if (!term_is_tuple_of(term_head(list), 2)) return false;
        const Term *e = term_tuple_elements(term_head(list));
        if (!brc_term_int_to_u64(e[1], &n) || n > UINT32_MAX) return false;
        if (e[0] == AM(packet_size))
            l->packet_size = (uint32_t)n;
        else if (e[0] == AM(line_length))
            l->line_length = (uint32_t)n;
        else if (e[0] == AM(line_delimiter) && type == BRC_PACKET_LINE && n <= 255)
            l->delimiter = (uint8_t)n;
        else
            return false;
    }
    return term_is_nil(list);
}

static Term error_invalid(Proc *p) {
    return term_tuple2(brc_ctx_alloc(p, 3), AM(error), AM(invalid));
}

/* The first `size` bytes of `bin` are a packet; b: its bytes. */
static Term packet_and_rest(Proc *p, Term bin, const BitsView *v, enum PacketType type,
                            const uint8_t *b, uint64_t size) {
    Term packet = brc_bif_packet_term(p, type, b, size);
    if (packet == BRC_NONE) {
        const uint8_t *body = b;
        size_t n = size;
        brc_bif_packet_body(type, &body, &n);
        packet = brc_term_bits_sub(p, bin, 8 * (uint64_t)(body - b), 8 * n);
    }
    Term rest = brc_term_bits_sub(p, bin, 8 * size, v->bit_size - 8 * size);
    return term_tuple3(brc_ctx_alloc(p, 4), AM(ok), packet, rest);
}

Term brc_bif_erlang_decode_packet_3(Proc *p, Term type_term, Term bin, Term options) {
    enum PacketType type = brc_bif_packet_type(type_term);
    PacketLimits limits = {0, 0, '\n'};
    BitsView v;
    if (type == BRC_PACKET_NONE) return brc_ctx_badarg_cause(p, AM(badopt));
    if (!brc_term_bits_view(bin, &v) || !parse_options(options, type, &limits))
        return brc_ctx_badarg(p);
    uint64_t n = v.bit_size >> 3;
    const uint8_t *b = v.data + (v.bit_offset >> 3);
    uint8_t *copy = NULL;
    if ((v.bit_offset & 7) != 0) {
        b = copy = malloc(n + 1);
        if (copy == NULL) abort();
        brc_term_bits_copy(copy, 0, v.data, v.bit_offset, 8 * n);
    }
    int64_t size = brc_bif_packet_length(type, b, n, &limits);
    Term result;
    if (size < 0) {
        result = error_invalid(p);
    } else if (size == 0 || (uint64_t)size > n) {
        Term more = size == 0 ? AM(undefined) : BRC_SMALL(size);
        result = term_tuple2(brc_ctx_alloc(p, 3), AM(more), more);
    } else {
        result = packet_and_rest(p, bin, &v, type, b, (uint64_t)size);
    }
    free(copy);
    return result;
}
