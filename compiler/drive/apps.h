/* apps.h: OTP applications by their .app files, which lie beside their modules. */
#pragma once
#include "analyse/reach.h"
#include "drive/otp.h"
#include "emit/emit.h"

typedef struct App {
    const char *name;
    const uint8_t *text; /* of the file */
    size_t size;
    const char *callback; /* of {mod, {callback, _}}, or NULL */
    Names needs;          /* applications, and included ones */
} App;

typedef struct Apps {
    VEC(App) all;
} Apps;

/* Those of the finder's folders; of two with one name, the one found first. */
Apps *apps_find(const Finder *finder);
/* Where a program uses applications at all, those it mentions and what they need can be started:
 * their callback modules are reached. */
void apps_reach(const Apps *apps, Reach *reach);
/* Those that the solved program may load, for emit_program. */
void apps_carried(const Apps *apps, const Reach *reach, Carried *out);
