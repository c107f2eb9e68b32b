// SPDX-License-Identifier: GPL-2.0
/* {"a": DOCUMENT, "b": DOCUMENT}, against each other. */
#include <string.h>

#include "base/json.h"
#include "result/compare.h"
#include "result/doc.h"
#include "table/out.h"
#include "target.h"

static struct json_object *read_part(struct json_object *pair, const char *key)
{
	const char *text = json_text(pair, key);
	struct msg m;

	return text ? doc_parse(text, strlen(text), &m) : NULL;
}

static void compare(struct json_object *a, struct json_object *b)
{
	struct json_object *result = compare_make(a, b);
	FILE *f = target_sink();
	struct screen s;

	screen_open(&s);
	out_differences(s.f, result);
	out_compare(s.f, result, OUT_TABLE);
	screen_close(&s);
	out_compare(f, result, OUT_CSV);
	out_compare(f, result, OUT_JSON);
	fclose(f);
	json_object_put(result);
}

static void run(const uint8_t *data, size_t size)
{
	struct json_tokener *tok = json_tokener_new();
	struct json_object *pair, *a, *b;

	pair = json_tokener_parse_ex(tok, (const char *)data, size);
	json_tokener_free(tok);
	a = read_part(pair, "a");
	b = read_part(pair, "b");
	if (a && b) {
		compare(a, b);
		compare(a, a);
	}
	json_object_put(a);
	json_object_put(b);
	json_object_put(pair);
}

const struct target target_compare = { "compare", run, true };
