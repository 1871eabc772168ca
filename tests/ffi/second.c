/* The module `second`: a resource of another module's. */
#include <beamrc.h>

typedef struct box {
    int64_t n;
} box;
BRC_RESOURCE_OF_OTHER(box);

box *make_box(int64_t n); /* every.c's */

BRC_DIRTY_CPU int64_t second_doubled(const box *b) {
    return 2 * b->n;
}
BRC_EXPORT brc_result second_copy(const box *b) {
    return brc_ok(brc_resource(box, make_box(b->n)));
}
