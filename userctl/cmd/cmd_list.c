// SPDX-License-Identifier: GPL-2.0
/* tokctl list: what the loaded module offers. */
#include <err.h>
#include <json-c/json.h>
#include <string.h>

#include "base/status.h"
#include "base/tsv.h"
#include "base/xalloc.h"
#include "commands.h"
#include "kernel/dbgfs.h"
#include "kernel/variants.h"
#include "options.h"
#include "table/grid.h"

/* One list: word on the command line, file of the module, columns to split. */
struct list {
	const char *name;
	const char *file;
	const char *array_column; /* comma list, an array in JSON */
	bool (*print)(char *text, struct msg *m); /* as a table */
};

static bool print_locks(char *text, struct msg *m);
static bool print_params(char *text, struct msg *m);

static const struct list lists[] = {
	{ "locks", "variants", "flags", print_locks },
	{ "params", "parameters", "allowed", print_params },
};

#define NR_LISTS (sizeof(lists) / sizeof(lists[0]))

struct opts {
	bool wanted[NR_LISTS];
	bool names;
	struct option_format format;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;
	char quoted[MSG_QUOTE_MAX];
	size_t i;

	if (key == ARGP_KEY_END && o->names && o->format.format == OUT_JSON)
		argp_error(state, "--names does not go with -f json");
	if (key != ARGP_KEY_ARG)
		return ARGP_ERR_UNKNOWN;
	for (i = 0; i < NR_LISTS; i++)
		if (!strcmp(arg, lists[i].name)) {
			o->wanted[i] = true;
			return 0;
		}
	argp_error(state, "%s is nothing to list; allowed: locks, params",
		   msg_quote(quoted, arg));
	return 0;
}

static const struct option_row options[] = {
	FORMAT(OPTION_FORMAT_NO_CSV, "table|json", format,
	       "How to print (default table)"),
	FLAG("names", OPTION_KEY, names,
	     "Only the names, one on a line, for scripts"),
};

static const struct command command = {
	OPTIONS(options),
	.other = parse,
	.args_doc = "[locks|params]",
	.doc = "List the locks and the parameters that the loaded module offers.\v"
	       "Examples:\n"
	       "  tokctl list\n"
	       "  tokctl list locks\n"
	       "  tokctl list locks --names\n"
	       "  tokctl list params -f json",
};

static struct json_object *words(const char *list)
{
	struct json_object *array = json_object_new_array();

	while (*list && strcmp(list, "-") != 0) {
		size_t len = strcspn(list, ",");

		json_object_array_add(array,
				      json_object_new_string_len(list, len));
		list += len + (list[len] == ',');
	}
	return array;
}

static struct json_object *json_row(const struct tsv *t,
				    const struct list *list)
{
	struct json_object *row = json_object_new_object();
	struct json_object *value;
	size_t i;

	for (i = 0; i < t->n; i++) {
		if (strcmp(t->names[i], list->array_column) != 0)
			value = json_object_new_string(t->fields[i]);
		else
			value = words(t->fields[i]);
		json_object_object_add(row, t->names[i], value);
	}
	return row;
}

static bool fill_array(char *text, const struct list *list,
		       struct json_object *array, struct msg *m)
{
	struct tsv t;
	int row = -1;

	if (tsv_open(&t, text, m))
		while ((row = tsv_next(&t, m)) > 0)
			json_object_array_add(array, json_row(&t, list));
	return row == 0;
}

static bool print_params(char *text, struct msg *m)
{
	struct grid g;
	struct tsv t;
	int row = -1;
	size_t i;

	grid_start(&g, stdout);
	if (tsv_open(&t, text, m)) {
		/* The description comes last and is the only long column. */
		for (i = 0; i < t.n; i++)
			grid_column(&g, t.names[i],
				    strcmp(t.names[i], "doc") ? 0 : GRID_WRAP);
		while ((row = tsv_next(&t, m)) > 0) {
			grid_row(&g, NULL, -1);
			for (i = 0; i < t.n; i++)
				grid_text(&g, t.fields[i]);
		}
	}
	grid_end(&g);
	return row == 0;
}

static bool print_locks(char *text, struct msg *m)
{
	struct variants vs;
	bool ok = variants_parse(&vs, text, m);

	if (ok) {
		out_locks(stdout, &vs);
		variants_print_groups(stdout);
	}
	variants_free(&vs);
	return ok;
}

static bool print_name(void *to, const struct tsv *t, struct msg *m)
{
	(void)to;
	(void)m;
	puts(tsv_get(t, "name"));
	return true;
}

static bool print_names(char *text, struct msg *m)
{
	static const char *const needed[] = { "name", NULL };

	return tsv_each(text, needed, print_name, NULL, m);
}

/* Prints the table or the names, or fills the array. */
static int one_list(const struct dbgfs *d, const struct list *list,
		    struct json_object *array, bool names)
{
	struct msg m;
	char *text;
	bool ok;
	int ret;

	ret = dbgfs_read(d, list->file, &text);
	if (ret)
		return ret;
	if (array)
		ok = fill_array(text, list, array, &m);
	else
		ok = names ? print_names(text, &m) : list->print(text, &m);
	free(text);
	if (ok)
		return ST_OK;
	warnx("%s/%s: %s", d->path, list->file, m.text);
	return ST_BAD;
}

static int print_lists(const struct dbgfs *d, const struct opts *o)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *array = NULL;
	bool first = true;
	int ret = ST_OK;
	size_t i;

	for (i = 0; i < NR_LISTS && !ret; i++) {
		if (!o->wanted[i])
			continue;
		if (o->format.format == OUT_JSON) {
			array = json_object_new_array();
			json_object_object_add(doc, lists[i].name, array);
		} else if (!first && !o->names) {
			putchar('\n');
		}
		first = false;
		ret = one_list(d, &lists[i], array, o->names);
	}
	if (!ret && o->format.format == OUT_JSON)
		out_json(stdout, doc);
	json_object_put(doc);
	return ret;
}

/**
 * cmd_list_main() - tokctl list
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_list_main(int argc, char **argv)
{
	struct opts o = { .names = false };
	bool any = false;
	struct dbgfs d;
	size_t i;
	int ret;

	options_parse(&command, argc, argv, &o);
	for (i = 0; i < NR_LISTS; i++)
		any |= o.wanted[i];
	for (i = 0; i < NR_LISTS; i++)
		o.wanted[i] |= !any;
	ret = dbgfs_open(&d);
	if (!ret)
		ret = print_lists(&d, &o);
	dbgfs_close(&d);
	return ret;
}
