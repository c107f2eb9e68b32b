// SPDX-License-Identifier: GPL-2.0
/* The certificate for people: what is wrong, or all of it. */
#include <stdbool.h>
#include <string.h>

#include "base/units.h"
#include "out.h"
#include "result/row.h"

static void put_reason(FILE *f, struct json_object *line, size_t at)
{
	const char *todo = json_text(line, "todo");
	char why[512];

	snprintf(why, sizeof(why), "%s%s", json_text_or(line, "why", "?"),
		 todo ? ";" : "");
	at = out_words(f, why, at);
	if (todo)
		out_words(f, todo, at);
	fputc('\n', f);
}

/* What tables say of a document in words of their own. */
static bool is_said(struct json_object *line)
{
	const char *name = json_text_or(line, "name", "");

	return !strcmp(name, "times") || !strcmp(name, "verdict");
}

/* Is its value a part of a whole? */
static bool is_share(const char *name)
{
	static const char *const shares[] = { "overlap", "clock_cost",
					      "harness", "other_load",
					      "steal_load" };
	size_t i;

	for (i = 0; i < sizeof(shares) / sizeof(shares[0]); i++)
		if (!strcmp(name, shares[i]))
			return true;
	return false;
}

/**
 * out_check_value() - The value of a line of the certificate, with its unit
 * @line: the line
 * @out: room for it
 *
 * Return: @out or a text of @line: times and shares have units, other numbers
 * four digits, anything else is as it is.
 */
const char *out_check_value(struct json_object *line, char out[UNITS_MAX])
{
	const char *name = json_text_or(line, "name", "");
	size_t len = strlen(name);
	struct json_object *value;
	double v;

	if (!json_find(line, "value", &value))
		return "?";
	if (!json_object_is_type(value, json_type_int) &&
	    !json_object_is_type(value, json_type_double))
		return json_text_or(line, "value", "?");
	v = json_object_get_double(value);
	if (len > 3 && !strcmp(name + len - 3, "_ns"))
		return units_ns(out, v);
	if (is_share(name))
		return units_percent(out, v);
	if (json_object_is_type(value, json_type_int))
		return json_text_or(line, "value", "?");
	snprintf(out, UNITS_MAX, "%.4g", v);
	return out;
}

/**
 * out_checks() - Print what is wrong with a document
 * @f: stream to print on
 * @doc: finished document
 */
void out_checks(FILE *f, struct json_object *doc)
{
	struct json_object *list = json_array(doc, "checks");
	char head[256], value[UNITS_MAX];
	struct json_object *line;
	size_t i;

	json_for_each(i, line, list) {
		if (row_is_ok(line) || is_said(line))
			continue;
		snprintf(head, sizeof(head), "certificate: %s: %s %s:",
			 json_text_or(line, "verdict", "?"),
			 json_text_or(line, "name", "?"),
			 out_check_value(line, value));
		put_reason(f, line, out_words(f, head, 0));
	}
}

/**
 * out_all_checks() - Print every line of the certificate of a document
 * @f: stream to print on
 * @doc: finished document
 */
void out_all_checks(FILE *f, struct json_object *doc)
{
	struct json_object *list = json_array(doc, "checks");
	char head[256], value[UNITS_MAX];
	struct json_object *line;
	size_t i;

	fputs("\nchecks\n", f);
	json_for_each(i, line, list) {
		snprintf(head, sizeof(head), "%-16s %-8s %s",
			 json_text_or(line, "name", "?"),
			 json_text_or(line, "verdict", "?"),
			 out_check_value(line, value));
		fputs("  ", f);
		out_plain(f, head);
		if (row_is_ok(line))
			continue;
		put_reason(f, line, fprintf(f, "   "));
	}
	if (!json_length(list))
		fputs("  none are in this file\n", f);
}
