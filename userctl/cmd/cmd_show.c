// SPDX-License-Identifier: GPL-2.0
/* tokctl show: state and last result, one field of it, or a saved result. */
#include <err.h>
#include <inttypes.h>
#include <string.h>

#include "base/json.h"
#include "base/status.h"
#include "commands.h"
#include "kernel/dbgfs.h"
#include "kernel/keys.h"
#include "kernel/result.h"
#include "options.h"
#include "result/doc.h"

struct opts {
	const char *field;
	const char *input;
	const char *title;
	struct option_format format;
	struct out_view view;
};

/* Is the table asked for in place of the sections of the last result? */
static bool is_formatted(const struct opts *o)
{
	return o->format.given || o->view.ledger || o->view.columns ||
	       o->view.sort;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
	struct opts *o = state->input;

	(void)arg;
	if (key != ARGP_KEY_END)
		return ARGP_ERR_UNKNOWN;
	if (o->field && (is_formatted(o) || o->title || o->view.checks))
		argp_error(state,
			   "FIELD does not go with -f, --ledger, --checks, "
			   "--columns, --sort or --title");
	return 0;
}

static const struct option_row options[] = {
	TEXT("input", 'i', "FILE", input,
	     "Show a result that run -f json has saved; -: standard input"),
	FORMAT(OPTION_FORMAT, OUT_FORMATS, format,
	       "Show the result in this format"),
	FLAG("ledger", OPTION_KEY, view.ledger,
	     "Show the table, and below it the ledger of waste"),
	FLAG("checks", OPTION_KEY + 1, view.checks,
	     "Below the table, all lines of the certificate and not only what is wrong"),
	CHECKED("columns", OPTION_KEY + 2, "COLUMN[,COLUMN...]", view.columns,
		out_columns_check, OUT_COLUMNS_HELP),
	CHECKED("sort", OPTION_KEY + 3, "COLUMN", view.sort, out_sort_check,
		OUT_SORT_HELP),
	TEXT("title", 't', "TEXT", title,
	     "A line printed above the table, instead of the saved one"),
};

static const struct command command = {
	OPTIONS(options),
	.args = offsetof(struct opts, field),
	.nr_args = 1,
	.too_many = "show takes one FIELD",
	.other = parse,
	.args_doc = "[FIELD]",
	.doc = "Show the state of the module and the last result. With FIELD only its value, "
	       "without a unit, for scripts: a key like totals.ops, or a section, whose lines "
	       "are KEY<TAB>VALUE. Of a saved result it is a key of the whole file, like "
	       "environment.kernel or summary.1.ratio.value, or one of a run, which then has a "
	       "line for each run.\v"
	       "Sections: " KEYS_SECTIONS ".\n"
	       "\n"
	       "Examples:\n"
	       "  tokctl show\n"
	       "  tokctl show verdict\n"
	       "  tokctl show latency.acquire_ns.p99\n"
	       "  tokctl show totals\n"
	       "  tokctl show --input saved.json -f csv\n"
	       "  tokctl show --input saved.json totals.ops\n"
	       "  tokctl show --input saved.json --columns ops,p50,p99,max --sort -ops\n"
	       "  tokctl show --input saved.json --ledger\n"
	       "  tokctl show --input saved.json --checks",
};

/* A row of a table: values separated by TAB. */
static void print_row(struct json_object *row)
{
	const char *sep = "";
	size_t i;

	if (json_object_is_type(row, json_type_array)) {
		for (i = 0; i < json_object_array_length(row); i++) {
			printf("%s%s", sep, json_item(row, i));
			sep = "\t";
		}
	} else if (json_object_is_type(row, json_type_object)) {
		json_object_object_foreach(row, name, val)
		{
			(void)name;
			printf("%s%s", sep, json_object_get_string(val));
			sep = "\t";
		}
	} else {
		fputs(json_object_get_string(row), stdout);
	}
	putchar('\n');
}

static void print_list(struct json_object *list)
{
	struct json_object *first = json_object_array_get_idx(list, 0);
	const char *sep = "";
	size_t i;

	if (json_object_is_type(first, json_type_object)) {
		json_object_object_foreach(first, name, val)
		{
			(void)val;
			printf("%s%s", sep, name);
			sep = "\t";
		}
		putchar('\n');
	}
	for (i = 0; i < json_object_array_length(list); i++)
		print_row(json_object_array_get_idx(list, i));
}

/* Buckets are only printed when they are asked for by their own key. */
static void print_section(struct json_object *obj, const char *prefix)
{
	char key[192];

	json_object_object_foreach(obj, name, val)
	{
		snprintf(key, sizeof(key), "%s.%s", prefix, name);
		if (json_object_is_type(val, json_type_object))
			print_section(val, key);
		else if (!json_object_is_type(val, json_type_array))
			printf("%s\t%s\n", key, json_object_get_string(val));
	}
}

static int no_such_field(const char *field, struct json_object *run)
{
	char quoted[MSG_QUOTE_MAX];

	msg_quote(quoted, field);
	if (!keys_known(field)) {
		warnx("%s is not a field; sections: %s; their keys: tokctl show SECTION",
		      quoted, KEYS_SECTIONS);
		return ST_USAGE;
	}
	if (run)
		warnx("the last run, of %s, has no %s", json_text(run, "lock"),
		      quoted);
	else
		warnx("no run has ended since the module was loaded or reset");
	return ST_BAD;
}

/* A value, a section, or a list. */
static void print_field(const char *field, struct json_object *val)
{
	if (json_object_is_type(val, json_type_object))
		print_section(val, field);
	else if (json_object_is_type(val, json_type_array))
		print_list(val);
	else
		puts(val ? json_object_get_string(val) : "-");
}

/* Of the file itself, or of each of its runs. */
static int show_saved_field(struct json_object *doc, const char *field)
{
	char quoted[MSG_QUOTE_MAX];
	struct json_object *run, *val;
	bool any = false;
	size_t i;

	if (json_find(doc, field, &val)) {
		print_field(field, val);
		return ST_OK;
	}
	json_for_each(i, run, json_array(doc, "runs"))
		any |= json_find(run, field, &val);
	if (!any) {
		warnx("%s is not in this file; its keys are those of tokbench-result(7), like "
		      "environment.kernel, summary.1.throughput.median or totals.ops",
		      msg_quote(quoted, field));
		return keys_known(field) ? ST_BAD : ST_USAGE;
	}
	json_for_each(i, run, json_array(doc, "runs"))
		print_field(field, json_find(run, field, &val) ? val : NULL);
	return ST_OK;
}

static int show_field(const struct dbgfs *d, const char *field)
{
	struct json_object *run, *val;
	struct dbgfs_state st;
	int ret;

	if (!strcmp(field, "state")) {
		ret = dbgfs_state(d, &st);
		if (!ret)
			puts(dbgfs_state_name(&st));
		return ret;
	}
	ret = result_read(d, &run);
	if (ret)
		return ret;
	if (!json_find(run, field, &val))
		ret = no_such_field(field, run);
	else
		print_field(field, val);
	json_object_put(run);
	return ret;
}

static int show_state(const struct dbgfs *d)
{
	struct dbgfs_state st;
	int ret;

	ret = dbgfs_state(d, &st);
	if (ret)
		return ret;
	printf("module %s, state %s", d->version, dbgfs_state_name(&st));
	if (dbgfs_is_on(&st))
		printf(": run %" PRIu64 " of %s, %.1f of %.1f s", st.run,
		       st.lock, st.elapsed_ms / 1e3, st.total_ms / 1e3);
	putchar('\n');
	return ST_OK;
}

static int show_last(const struct dbgfs *d, const struct opts *o)
{
	bool formatted = is_formatted(o);
	struct json_object *doc, *run;
	int ret;

	ret = formatted ? ST_OK : show_state(d);
	if (!ret)
		ret = result_read(d, &run);
	if (ret)
		return ret;
	if (!run && !formatted) {
		puts("no run has ended since the module was loaded or reset; start one with: "
		     "tokctl run");
		return ST_OK;
	}
	if (!run)
		return no_such_field("run", NULL);
	if (!formatted) {
		putchar('\n');
		if (o->title)
			out_plain(stdout, o->title);
		out_run(stdout, run);
	}
	doc = doc_new(o->title, d->version);
	doc_add_run(doc, run, 0, 1);
	doc_finish(doc, false);
	if (formatted)
		out_print(stdout, doc, o->format.format, &o->view);
	else
		out_all_checks(stdout, doc);
	json_object_put(doc);
	return ST_OK;
}

static int show_saved(const struct opts *o)
{
	struct json_object *doc = doc_load(o->input);
	int ret = ST_OK;

	if (!doc)
		return ST_USAGE;
	doc_set_title(doc, o->title);
	doc_renew(doc);
	if (o->field)
		ret = show_saved_field(doc, o->field);
	else
		out_print(stdout, doc, o->format.format, &o->view);
	json_object_put(doc);
	return ret;
}

/**
 * cmd_show_main() - tokctl show
 * @argc: number of arguments
 * @argv: arguments; the first is the name of the command
 *
 * Return: exit status.
 */
int cmd_show_main(int argc, char **argv)
{
	struct opts o = { .field = NULL };
	struct dbgfs d;
	int ret;

	options_parse(&command, argc, argv, &o);
	if (o.input)
		return show_saved(&o);
	ret = dbgfs_open(&d);
	if (!ret)
		ret = o.field ? show_field(&d, o.field) : show_last(&d, &o);
	dbgfs_close(&d);
	return ret;
}
