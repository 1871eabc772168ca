/* tables.h: every chunk that is a table. Each fills its part of the BeamFile and checks its atom
 * indexes; labels are checked once the code is read (check.h). */
#pragma once
#include "beam/chunk.h"

void tables_atoms(Load *l); /* first: the others name atoms */
void tables_imports(Load *l);
void tables_exports(Load *l); /* ExpT and LocT */
void tables_funs(Load *l);
void tables_strings(Load *l);
void tables_literals(Load *l);
void tables_attributes(Load *l); /* Attr and CInf */
void tables_lines(Load *l);
void tables_types(Load *l);
void tables_records(Load *l); /* needs literals and types */
