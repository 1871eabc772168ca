/* sizes.c: the series of heap sizes: sums of the two before plus one, as OTP's (233, 376, 610,
 * 987...), then steps of a fifth. Few sizes make blocks easy to reuse; the growth keeps the cost
 * of copying a growing heap linear. */
#include "heap/heap.h"

size_t brc_heap_next_size(size_t words) {
    size_t before = 12, size = 38;
    if (words <= before) return before;
    while (size < words) {
        size_t next = size < 1000000 ? before + size + 1 : size + size / 5;
        before = size;
        size = next;
    }
    return size;
}
