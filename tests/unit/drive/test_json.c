/* test_json.c: JSON as it is written: commas, names, and texts of any bytes. */
#include "base/json.h"
#include <criterion/criterion.h>

Test(json, values_and_commas) {
    Json j = {0};
    json_begin(&j, '{');
    json_bool_of(&j, "ok", true);
    json_key(&j, "list");
    json_begin(&j, '[');
    json_number(&j, 1);
    json_begin(&j, '{');
    json_end(&j, '}');
    json_begin(&j, '[');
    json_end(&j, ']');
    json_string(&j, "x");
    json_end(&j, ']');
    json_number_of(&j, "n", UINT64_MAX);
    json_end(&j, '}');
    cr_assert_str_eq(j.text.at,
                     "{\"ok\":true,\"list\":[1,{},[],\"x\"],\"n\":18446744073709551615}");
}

static void writes(const char *text, const char *expected) {
    Json j = {0};
    json_string(&j, text);
    cr_assert_str_eq(j.text.at, expected);
}

Test(json, texts) {
    writes("", "\"\"");
    writes("a\"b\\c\n\t\x7f", "\"a\\\"b\\\\c\\n\\u0009\\u007f\"");
    writes("h\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80",
           "\"h\xc3\xa4 \xe2\x82\xac \xf0\x9f\x98\x80\"");
    writes("\xff|\xc3|\xe2\x82|\xed\xa0\x80|\xc0\x80|\xf4\x90\x80\x80",
           "\"\\ufffd|\\ufffd|\\ufffd\\ufffd|\\ufffd\\ufffd\\ufffd|\\ufffd\\ufffd|"
           "\\ufffd\\ufffd\\ufffd\\ufffd\"");
}
