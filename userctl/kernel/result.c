// SPDX-License-Identifier: GPL-2.0
/*
 * The three results files, made into one JSON object. Generic on purpose: a
 * key that the module gains tomorrow reaches JSON, CSV and "show FIELD"
 * without a change here.
 */
#include <ctype.h>
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/tsv.h"
#include "base/xalloc.h"
#include "keys.h"
#include "result.h"

/* Sections whose names are numbers, from 1 and without a gap: arrays. */
static const char *const numbered_sections[] = { "groups", "phases", NULL };

static bool all_digits(const char *p, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (!isdigit((unsigned char)p[i]))
			return false;
	return n > 0;
}

/*
 * An integer becomes an integer if 64 bits hold it, a fraction keeps its
 * text, so that no digit is invented. Whatever else it is stays text, also
 * "007", which JSON could not give back.
 */
static struct json_object *typed(const char *key, const char *text)
{
	const char *digits = text + (*text == '-');
	size_t whole = strspn(digits, "0123456789");
	struct json_object *o = NULL;

	if (keys_is_text(key) || !whole || (whole > 1 && *digits == '0'))
		return json_object_new_string(text);
	errno = 0;
	if (!digits[whole]) {
		if (*text == '-')
			o = json_object_new_int64(strtoll(text, NULL, 10));
		else
			o = json_object_new_uint64(strtoull(text, NULL, 10));
	} else if (digits[whole] == '.' &&
		   all_digits(digits + whole + 1, strlen(digits + whole + 1))) {
		o = json_object_new_double_s(strtod(text, NULL), text);
	}
	if (o && !errno)
		return o;
	json_object_put(o);
	return json_object_new_string(text);
}

/* "groups.2.ops": names the object, and receives the name of what it holds. */
static struct json_object *numbered(struct json_object *list, const char **name)
{
	char *end;
	size_t n;

	n = strtoul(*name, &end, 10);
	if (!isdigit((unsigned char)**name) || *end != '.' || !n ||
	    n > json_length(list) + 1 || strchr(end + 1, '.'))
		return NULL;
	*name = end + 1;
	if (n > json_length(list))
		json_object_array_add(list, json_object_new_object());
	return json_object_array_get_idx(list, n - 1);
}

/* The object that holds the last name of a key. */
static struct json_object *parent_of(struct json_object *run, const char **name)
{
	size_t i;

	for (i = 0; numbered_sections[i]; i++) {
		size_t len = strlen(numbered_sections[i]);
		struct json_object *list;

		if (strncmp(*name, numbered_sections[i], len) != 0 ||
		    (*name)[len] != '.')
			continue;
		list = json_array(run, numbered_sections[i]);
		*name += len + 1;
		return numbered(list, name);
	}
	return json_parent(run, name);
}

static bool set_key(struct json_object *run, const char *key, const char *value,
		    struct msg *m)
{
	struct json_object *value_obj = typed(key, value);
	struct json_object *parent;
	struct json_object *old = NULL;
	char quoted[MSG_QUOTE_MAX];
	const char *name = key;

	parent = parent_of(run, &name);
	/* A null is a place kept by new_run(). */
	if (parent)
		json_object_object_get_ex(parent, name, &old);
	if (!parent || !*name || old) {
		json_object_put(value_obj);
		msg_set(m,
			"the key %s is there twice or out of order, or is a value and a section at once",
			msg_quote(quoted, key));
		return false;
	}
	json_object_object_add(parent, name, value_obj);
	return true;
}

static void split_flags(struct json_object *flags, const char *list)
{
	while (*list && strcmp(list, "-") != 0) {
		size_t len = strcspn(list, ",");

		json_object_array_add(flags,
				      json_object_new_string_len(list, len));
		list += len + (list[len] == ',');
	}
}

static bool summary_line(struct json_object *run, char *line, struct msg *m)
{
	char *value = line + strcspn(line, " ");
	struct json_object *list;

	if (*value)
		*value++ = '\0';
	if (!strcmp(line, "reason")) {
		json_object_object_get_ex(run, "reasons", &list);
		json_object_array_add(list, json_object_new_string(value));
		return true;
	}
	if (!strcmp(line, "flags")) {
		json_object_object_get_ex(run, "flags", &list);
		split_flags(list, value);
		return true;
	}
	if (!strcmp(line, "schema")) {
		char quoted[MSG_QUOTE_MAX];

		if (atoi(value) == TB_SCHEMA)
			return true;
		msg_set(m, "it has schema %s, this tokctl reads schema %d",
			msg_quote(quoted, value), TB_SCHEMA);
		return false;
	}
	return set_key(run, line, value, m);
}

/* A table of the module; @needed: columns without which it has no meaning. */
static bool parse_table(struct json_object *to, const char *text,
			const char *const *needed, tsv_row_fn row,
			struct msg *m)
{
	char *copy = xstrdup(text);
	bool ok = tsv_each(copy, needed, row, to, m);

	free(copy);
	return ok;
}

static bool parse_summary(struct json_object *run, const char *text,
			  struct msg *m)
{
	static const char *const needed[] = { "run", "lock", "verdict" };
	char *copy = xstrdup(text);
	char *rest = copy;
	char *line;
	bool ok = true;
	size_t i;

	while (ok && (line = strsep(&rest, "\n")))
		if (*line)
			ok = summary_line(run, line, m);
	for (i = 0; ok && i < sizeof(needed) / sizeof(needed[0]); i++) {
		if (json_text(run, needed[i]))
			continue;
		msg_set(m, "it has no key '%s'", needed[i]);
		ok = false;
	}
	free(copy);
	return ok;
}

static bool add_thread(void *list, const struct tsv *t, struct msg *m)
{
	struct json_object *thread = json_object_new_object();
	size_t i;

	(void)m;
	for (i = 0; i < t->n; i++)
		json_object_object_add(thread, t->names[i],
				       typed(t->names[i], t->fields[i]));
	json_object_array_add(list, thread);
	return true;
}

static const char *const bucket_columns[] = { "name", "lower_ns", "upper_ns",
					      "count", NULL };

static bool add_bucket(void *latency, const struct tsv *t, struct msg *m)
{
	struct json_object *bucket = json_object_new_array();
	const char *name = tsv_get(t, "name");
	struct json_object *hist;
	struct json_object *buckets;
	size_t i;

	for (i = 1; bucket_columns[i]; i++) {
		const char *text = tsv_get(t, bucket_columns[i]);

		if (!all_digits(text, strlen(text))) {
			msg_set(m,
				"line %zu is not a bucket: a name and three numbers",
				t->line);
			json_object_put(bucket);
			return false;
		}
		json_object_array_add(bucket, typed("", text));
	}
	if (!json_object_object_get_ex(latency, name, &hist)) {
		hist = json_object_new_object();
		json_object_object_add(latency, name, hist);
	}
	if (!json_object_object_get_ex(hist, "buckets", &buckets)) {
		buckets = json_object_new_array();
		json_object_object_add(hist, "buckets", buckets);
	}
	json_object_array_add(buckets, bucket);
	return true;
}

/* All parts in the documented order; what is null here must come. */
static struct json_object *new_run(void)
{
	static const char *const objects[] = { "params", "certificate",
					       "totals", "latency" };
	struct json_object *run = json_object_new_object();
	size_t i;

	json_object_object_add(run, "lock", NULL);
	json_object_object_add(run, "run", NULL);
	json_object_object_add(run, "verdict", NULL);
	json_object_object_add(run, "reasons", json_object_new_array());
	json_object_object_add(run, "flags", json_object_new_array());
	for (i = 0; i < sizeof(objects) / sizeof(objects[0]); i++)
		json_object_object_add(run, objects[i],
				       json_object_new_object());
	for (i = 0; numbered_sections[i]; i++)
		json_object_object_add(run, numbered_sections[i],
				       json_object_new_array());
	json_object_object_add(run, "threads", json_object_new_array());
	return run;
}

/* A run without groups has none, not zero of them. */
static void drop_empty(struct json_object *run)
{
	size_t i;

	for (i = 0; numbered_sections[i]; i++)
		if (!json_length(json_array(run, numbered_sections[i])))
			json_object_object_del(run, numbered_sections[i]);
}

/**
 * result_parse() - Make the text of the results files into an object
 * @summary: text of results/summary, not empty
 * @threads: text of results/threads; may be empty
 * @histogram: text of results/histogram; may be empty
 * @m: receives the reason on error, with the name of the file
 *
 * "KEY VALUE" lines become nested objects along the dots of KEY; reason lines
 * the array reasons; flags an array; groups, phases (if there are any) and
 * threads an array of objects each; histogram latency.NAME.buckets, an array of
 * [lower, upper, count].
 *
 * Return: new object; NULL on error.
 */
struct json_object *result_parse(const char *summary, const char *threads,
				 const char *histogram, struct msg *m)
{
	static const char *const no_columns[] = { NULL };
	struct json_object *run = new_run();
	struct json_object *part;
	const char *file = "summary";
	struct msg why;

	if (!parse_summary(run, summary, &why))
		goto err;
	file = "threads";
	json_object_object_get_ex(run, "threads", &part);
	if (!json_object_is_type(part, json_type_array) ||
	    !parse_table(part, threads, no_columns, add_thread, &why))
		goto err;
	file = "histogram";
	json_object_object_get_ex(run, "latency", &part);
	if (!parse_table(part, histogram, bucket_columns, add_bucket, &why))
		goto err;
	drop_empty(run);
	return run;
err:
	msg_set(m, "results/%s: %s", file, why.text);
	json_object_put(run);
	return NULL;
}

/**
 * result_read() - Read the last result
 * @d: open module
 * @run: receives a new object; NULL if no run has ended since load or reset
 *
 * The three files are opened one after the other, and a run of another user
 * may end in between: they belong together if the summary has not changed.
 *
 * Return: ST_OK; an exit status after a message.
 */
int result_read(const struct dbgfs *d, struct json_object **run)
{
	char *summary = NULL, *threads = NULL, *histogram = NULL, *again = NULL;
	struct msg why;
	int tries;
	int ret;

	*run = NULL;
	ret = dbgfs_read(d, "results/summary", &summary);
	for (tries = 0; !ret && tries < 10; tries++) {
		ret = dbgfs_read(d, "results/threads", &threads);
		if (!ret)
			ret = dbgfs_read(d, "results/histogram", &histogram);
		if (!ret)
			ret = dbgfs_read(d, "results/summary", &again);
		if (ret || !strcmp(summary, again))
			break;
		free(summary);
		free(threads);
		free(histogram);
		summary = again;
		threads = NULL;
		histogram = NULL;
		again = NULL;
	}
	if (!ret && *summary) {
		*run = result_parse(summary, threads ? threads : "",
				    histogram ? histogram : "", &why);
		if (!*run) {
			warnx("%s/%s", d->path, why.text);
			ret = ST_BAD;
		}
	}
	free(summary);
	free(threads);
	free(histogram);
	free(again);
	return ret;
}
