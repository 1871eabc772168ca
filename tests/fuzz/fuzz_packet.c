/* fuzz_packet.c: libFuzzer target for the packet formats of sockets and decode_packet/3: any bytes
 * are a packet, the beginning of one or none. A packet alone has the same end, no beginning of it
 * ends earlier, and its body lies within.
 *
 * The first bytes of the input pick the format and the limits. The rest is copied to a block of its
 * exact size, so that a read past the end shows. */
#include "../unit/support/fakeproc.h"
#include "bif/packet.h"

enum { HEAP_WORDS = 1 << 16, HEAD = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool good) {
    if (!good) abort();
}

static uint8_t *copy(const uint8_t *from, size_t n) {
    uint8_t *b = malloc(n ? n : 1);
    check(b != NULL);
    memcpy(b, from, n);
    return b;
}

static int64_t length_of(enum PacketType type, const uint8_t *from, size_t n,
                         const PacketLimits *l) {
    uint8_t *b = copy(from, n);
    int64_t length = brc_bif_packet_length(type, b, n, l);
    free(b);
    return length;
}

/* Every beginning of a short packet, some of a long one's. */
static void check_beginnings(enum PacketType type, const uint8_t *b, size_t n,
                             const PacketLimits *l) {
    for (size_t k = 0; k < n; k += 1 + n / 64) {
        int64_t length = length_of(type, b, k, l);
        check(length <= 0 || (size_t)length > k);
    }
}

static void check_packet(enum PacketType type, const uint8_t *from, size_t n,
                         const PacketLimits *l) {
    uint8_t *b = copy(from, n);
    const uint8_t *body = b;
    size_t body_size = n;
    if (type != BRC_PACKET_RAW) check_beginnings(type, b, n, l);
    brc_bif_packet_body(type, &body, &body_size);
    check(body >= b && body_size <= n && body + body_size <= b + n);
    Proc *p = fake_proc_new(HEAP_WORDS);
    brc_bif_packet_term(p, type, b, n);
    fake_proc_free(p);
    free(b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < HEAD) return 0;
    enum PacketType type = (enum PacketType)(data[0] % BRC_PACKET_NONE);
    PacketLimits limits = {.packet_size = data[1] & 1 ? data[2] : 0,
                           .line_length = data[1] & 2 ? data[2] : 0,
                           .delimiter = data[1] & 4 ? data[3] : '\n'};
    data += HEAD, size -= HEAD;
    while (size > 0) { /* one packet behind the other */
        int64_t length = length_of(type, data, size, &limits);
        if (length <= 0 || (size_t)length > size) break;
        check_packet(type, data, (size_t)length, &limits);
        data += length, size -= (size_t)length;
    }
    return 0;
}
