// SPDX-License-Identifier: GPL-2.0
/* What the module refuses, one line per lock and reason. */
#include <stdbool.h>
#include <string.h>

#include "base/xalloc.h"
#include "out.h"
#include "result/row.h"

/* A sweep over sizes can be refused in very many cells. */
#define LINES_MAX 20

static void put_param(FILE *f, const char *section, const char *name,
		      struct json_object *val)
{
	const char *text = json_object_get_string(val);

	out_foreign(f, " %s%s=%s", section, name, text ? text : "?");
}

/* " locks=4 set_size=8"; knobs with their section. */
static void put_params(FILE *f, struct json_object *params_obj,
		       const char *section)
{
	json_object_object_foreach(params_obj, name, val)
	{
		if (json_object_is_type(val, json_type_object))
			put_params(f, val, "token.");
		else
			put_param(f, section, name, val);
	}
}

static struct json_object *params_of(struct json_object *entry)
{
	return json_object_at(entry, "params");
}

static bool is_alike(struct json_object *a, struct json_object *b)
{
	return !strcmp(json_text_or(a, "reason", ""),
		       json_text_or(b, "reason", "")) &&
	       json_object_equal(params_of(a), params_of(b));
}

/* One line for all locks of which the same is said; returns how many. */
static size_t put_line(FILE *f, const char *before, struct json_object *list,
		       size_t first, bool *done)
{
	struct json_object *entry = json_object_array_get_idx(list, first);
	struct json_object *params_obj = params_of(entry);
	struct json_object *e;
	size_t n = 0;
	size_t i;

	fputs(before, f);
	json_for_each(i, e, list) {
		if (done[i] || !is_alike(e, entry))
			continue;
		done[i] = true;
		fputs(n++ ? ", " : "", f);
		out_text(f, json_text_or(e, "lock", "?"));
	}
	if (params_obj) {
		fputs(" with", f);
		put_params(f, params_obj, "");
	}
	fputs(": ", f);
	out_plain(f, json_text_or(entry, "reason", "?"));
	return n;
}

/**
 * out_refusals() - Print what the module refuses
 * @f: stream to print on
 * @before: start of each line
 * @list: list of leftout_list(); may be NULL
 *
 * A long list is cut; all of it is in the JSON.
 */
void out_refusals(FILE *f, const char *before, struct json_object *list)
{
	size_t n = json_length(list);
	bool *done = xcalloc(n, sizeof(*done));
	size_t lines = 0;
	size_t said = 0;
	size_t i;

	for (i = 0; i < n && lines < LINES_MAX; i++) {
		if (done[i])
			continue;
		said += put_line(f, before, list, i, done);
		lines++;
	}
	if (said < n)
		fprintf(f, "%s... and %zu more\n", before, n - said);
	free(done);
}
