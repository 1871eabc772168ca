/* apps.h: OTP applications by their .app files, which lie beside their modules. */
#pragma once
#include "analyse/reach.h"
#include "drive/carry.h"
#include "drive/otp.h"

typedef struct App {
    const char *name;
    const uint8_t *text; /* of the file */
    size_t size;
    const char *ebin;     /* the folder that it lies in */
    bool is_own;          /* the program's own or of its dependencies */
    const char *version;  /* "" if it says none */
    const char *callback; /* of {mod, {callback, _}}, or NULL */
    Names needs;          /* applications, and included ones */
    Names settings;       /* atoms of its env and of what its callbacks get: modules, perhaps */
} App;

typedef struct Apps {
    VEC(App) all;
} Apps;

/* Those of the finder's folders; of two with one name, the one found first. */
Apps *apps_find(const Finder *finder);
/* Does one of the program's own say that it needs that one? */
bool apps_need(const Apps *apps, const char *name);
const App *apps_named(const Apps *apps, const char *name); /* NULL: none */
/* Where a program uses applications at all, those it mentions and what they need can be started:
 * their callback modules are reached. What is set for them may name modules to call. */
void apps_reach(const Apps *apps, Reach *reach);
void apps_reach_config(const char *file, Reach *reach); /* a sys.config, or NULL */
/* It is started first, by lib/brc_release.erl. */
void apps_start(const char *application, Reach *reach);
/* Those that the solved program may load: lib/NAME-VERSION/ebin/NAME.app, as releases have it, and
 * lib/NAME-VERSION/priv where the program asks for such folders and the application is not OTP's.
 */
void apps_carry(const Apps *apps, const Otp *otp, const Reach *reach, Carried *out);
