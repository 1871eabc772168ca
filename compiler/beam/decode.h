/* decode.h: the Code chunk to ops, split into functions. */
#pragma once
#include "beam/chunk.h"

/* Reads the header: opcode_max and label_count. Gives the number of functions promised. */
uint32_t decode_header(Load *l);
/* Reads the instructions. Needs the header and every table; gives functions and labels. What the
 * operands may be is for check_code. */
void decode_code(Load *l, uint32_t function_count);
/* Where an op's byte is in the Code chunk, for messages. */
size_t decode_chunk_offset(const Load *l, const Op *op);
