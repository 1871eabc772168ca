/* clang.h: libclang, opened when the first C file is read: most programs have none, and loading it
 * takes longer than building a small one. */
#pragma once
#include "base/mem.h"
#include <clang-c/Index.h>

#define CLANG_FUNCTIONS(F)                                                                         \
    F(createIndex)                                                                                 \
    F(parseTranslationUnit2)                                                                       \
    F(getTranslationUnitCursor)                                                                    \
    F(visitChildren)                                                                               \
    F(getNumDiagnostics)                                                                           \
    F(getDiagnostic)                                                                               \
    F(getDiagnosticSeverity)                                                                       \
    F(getDiagnosticSpelling)                                                                       \
    F(getDiagnosticLocation)                                                                       \
    F(getCursorKind)                                                                               \
    F(getCursorLocation)                                                                           \
    F(getCursorSpelling)                                                                           \
    F(getCursorType)                                                                               \
    F(getCursorResultType)                                                                         \
    F(isCursorDefinition)                                                                          \
    F(Cursor_getStorageClass)                                                                      \
    F(Cursor_getNumArguments)                                                                      \
    F(Cursor_getArgument)                                                                          \
    F(isFunctionTypeVariadic)                                                                      \
    F(getSpellingLocation)                                                                         \
    F(getExpansionLocation)                                                                        \
    F(getFileName)                                                                                 \
    F(getCanonicalType)                                                                            \
    F(getPointeeType)                                                                              \
    F(isConstQualifiedType)                                                                        \
    F(getTypeSpelling)                                                                             \
    F(getTypeDeclaration)                                                                          \
    F(getTypedefDeclUnderlyingType)                                                                \
    F(getEnumDeclIntegerType)                                                                      \
    F(getEnumConstantDeclValue)                                                                    \
    F(Type_getSizeOf)                                                                              \
    F(getCString)                                                                                  \
    F(disposeString)                                                                               \
    F(disposeTranslationUnit)                                                                      \
    F(disposeIndex)

typedef struct Clang {
#define FIELD(name) __typeof__(&clang_##name) name;
    CLANG_FUNCTIONS(FIELD)
#undef FIELD
} Clang;

bool clang_is_there(void);
/* Ends the program, saying what to install, where it is not there. */
const Clang *clang_open(void);
/* A copy; the original is disposed of. */
char *clang_text(CXString s);
