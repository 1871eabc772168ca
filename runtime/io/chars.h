/* chars.h: character data (lists of characters and binaries, nested) as bytes. */
#pragma once
#include "io/out.h"
#include "term/term.h"

enum Encoding { BRC_ENC_LATIN1, BRC_ENC_UTF8 };

/* Adds what `chars` stands for to o. from: what its binaries are, and which characters its lists
 * may hold; to: the file's encoding, in which a character that it lacks is shown as \x{HEX}. False:
 * no character data; o is as before. */
bool brc_io_put_chars(OutStream *o, Term chars, enum Encoding from, enum Encoding to);
