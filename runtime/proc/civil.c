/* civil.c: days and years: 400 years are 146097 days, counted from 1 March of a year 0. */
#include "proc/zone.h"

#define DAY 86400

static int64_t floor_div(int64_t a, int64_t b) {
    return a / b - (a % b < 0);
}

int64_t brc_proc_civil_seconds(const Civil *c) {
    int64_t year = c->year - (c->month <= 2), era = floor_div(year, 400), y = year - era * 400;
    int64_t day_of_year = (153 * (c->month + (c->month > 2 ? -3 : 9)) + 2) / 5 + c->day - 1;
    int64_t days = era * 146097 + y * 365 + y / 4 - y / 100 + day_of_year - 719468;
    return days * DAY + c->hour * 3600 + c->minute * 60 + c->second;
}

Civil brc_proc_civil(int64_t seconds) {
    int64_t days = floor_div(seconds, DAY), rest = seconds - days * DAY;
    days += 719468;
    int64_t era = floor_div(days, 146097), d = days - era * 146097;
    int64_t y = (d - d / 1460 + d / 36524 - d / 146096) / 365;
    int64_t day_of_year = d - (365 * y + y / 4 - y / 100), m = (5 * day_of_year + 2) / 153;
    int month = (int)(m < 10 ? m + 3 : m - 9);
    return (Civil){.year = era * 400 + y + (month <= 2),
                   .month = month,
                   .day = (int)(day_of_year - (153 * m + 2) / 5 + 1),
                   .hour = (int)(rest / 3600),
                   .minute = (int)(rest / 60 % 60),
                   .second = (int)(rest % 60)};
}
