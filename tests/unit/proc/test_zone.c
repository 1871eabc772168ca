/* test_zone.c: time zones against the C library's localtime_r, timegm and mktime: over zones of all
 * kinds, at instants of all times and around the changes, both ways. */
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "proc/zone.h"

static uint64_t state = UINT64_C(88172645463325252);

static uint64_t next(void) {
    state ^= state << 13, state ^= state >> 7, state ^= state << 17;
    return state;
}

static const char *const names[] = {"UTC",
                                    "Europe/Berlin",
                                    "Europe/Dublin",
                                    "Europe/London",
                                    "America/New_York",
                                    "America/Sao_Paulo",
                                    "America/St_Johns",
                                    "America/Nuuk",
                                    "Asia/Kolkata",
                                    "Asia/Kathmandu",
                                    "Asia/Tokyo",
                                    "Asia/Gaza",
                                    "Africa/Casablanca",
                                    "Africa/Monrovia",
                                    "Australia/Sydney",
                                    "Australia/Lord_Howe",
                                    "Pacific/Apia",
                                    "Pacific/Chatham",
                                    "Pacific/Kiritimati",
                                    "Antarctica/Troll",
                                    "America/Caracas",
                                    "Asia/Tehran",
                                    ":Europe/Paris",
                                    "",
                                    ":",
                                    "Nowhere/At_All",
                                    "CET-1CEST,M3.5.0,M10.5.0/3",
                                    "EST5EDT4,M3.2.0,M11.1.0",
                                    "<+0330>-3:30",
                                    "NZST-12NZDT,M9.5.0,M4.1.0/3",
                                    "AAA3BBB,J60/0,J300/2:30",
                                    "AAA-5:45BBB,59,300/26",
                                    "AAA3BBB2,M3.5.0/-2,M10.5.0/-1",
                                    "XXX",
                                    "EST5",
                                    NULL};

static void enter(const char *name) {
    setenv("TZ", name, 1);
    tzset();
}

static Civil civil(const struct tm *t) {
    return (Civil){t->tm_year + 1900, t->tm_mon + 1, t->tm_mday, t->tm_hour, t->tm_min, t->tm_sec};
}

static struct tm broken(const Civil *c) {
    return (struct tm){.tm_year = (int)(c->year - 1900),
                       .tm_mon = c->month - 1,
                       .tm_mday = c->day,
                       .tm_hour = c->hour,
                       .tm_min = c->minute,
                       .tm_sec = c->second};
}

static bool same(const Civil *a, const Civil *b) {
    return a->year == b->year && a->month == b->month && a->day == b->day && a->hour == b->hour &&
           a->minute == b->minute && a->second == b->second;
}

static void check_instant(const char *zone, int64_t s) {
    struct tm t;
    time_t when = s;
    cr_assert(localtime_r(&when, &t));
    Civil ours = brc_proc_local(s), theirs = civil(&t);
    cr_assert(same(&ours, &theirs), "%s at %ld: %d:%02d on %d-%d-%d, not %d:%02d on %d-%d-%d", zone,
              s, ours.hour, ours.minute, (int)ours.year, ours.month, ours.day, theirs.hour,
              theirs.minute, (int)theirs.year, theirs.month, theirs.day);
    cr_assert_eq(brc_proc_zone_at(brc_proc_zone(false), s).is_dst, t.tm_isdst > 0, "%s at %ld",
                 zone, s);
}

static _Atomic(int64_t) guess;

/* Local times near that instant, as each kind. */
static void check_local(const char *zone, int64_t s) {
    Civil c = brc_proc_civil(s);
    for (int dst = -1; dst <= 1; dst++) {
        struct tm t = broken(&c);
        t.tm_isdst = dst;
        time_t theirs = mktime(&t);
        int64_t ours = 0;
        bool ok = brc_proc_zone_seconds(brc_proc_zone(false), &c, dst, &guess, &ours);
        cr_assert(ok ? ours == theirs : theirs == -1,
                  "%s: %d-%d-%d %d:%02d:%02d as %d is %ld (%d), not %ld", zone, (int)c.year,
                  c.month, c.day, c.hour, c.minute, c.second, dst, ours, ok, (long)theirs);
    }
}

static int64_t at_random(void) {
    int64_t wide = (int64_t)(next() % 8000000000) - 2200000000; /* 1900 to 2153 */
    return next() % 50 ? wide : wide * 60;
}

Test(zone, utc) {
    for (int i = 0; i < 200000; i++) {
        int64_t s =
            (int64_t)(next() % (1u << 31)) * (int64_t)(next() % (1u << 24)) * (i % 2 ? 1 : -1);
        struct tm t;
        time_t when = s;
        cr_assert(gmtime_r(&when, &t));
        Civil ours = brc_proc_civil(s), theirs = civil(&t);
        cr_assert(same(&ours, &theirs), "%ld", s);
        cr_assert_eq(brc_proc_civil_seconds(&ours), s);
    }
}

Test(zone, as_the_c_library, .timeout = 60) {
    for (const char *const *z = names; *z; z++) {
        enter(*z);
        guess = 0;
        const Zone *zone = brc_proc_zone(true);
        check_local(*z, 0); /* both remember where they were */
        for (int i = 0; i < 200; i++) {
            check_instant(*z, at_random());
            check_local(*z, at_random());
        }
        for (uint32_t i = 0; i < zone->count; i += 1 + zone->count / 50)
            for (int64_t off = -10800; off <= 10800; off += 900) {
                check_instant(*z, zone->changes[i] + (i % 2 ? off : off / 900));
                int64_t local =
                    zone->changes[i] + off + brc_proc_zone_at(zone, zone->changes[i]).seconds;
                if (zone->changes[i] > -5000000000) check_local(*z, local);
            }
        for (int64_t day = 20500; day < 21600; day++) /* by the rule, in part */
            for (int64_t hour = day % 5; hour < 24; hour += 5) {
                check_instant(*z, day * 86400 + hour * 3600);
                if (hour < 5) check_local(*z, day * 86400 + hour * 3600 + 1800);
            }
    }
}
