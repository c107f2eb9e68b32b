// SPDX-License-Identifier: GPL-2.0
/*
 * grid_fit.c: whatever is measured, no line of the tables is wider
 * than 100 characters, and nothing is missing. The documents are all the
 * combinations of what makes a table wide; each number in them is there once.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/units.h"
#include "base/xalloc.h"
#include "table/out.h"
#include "kernel/params.h"
#include "tests/unit.h"

#define NR_ROWS 4
#define WANTED_MAX 300

enum {
	INTERVALS = 1,
	RATIOS = 2,
	GROUPS = 4,
	PHASES = 8,
	OPEN = 16,
	LEDGER = 32,
	MARKED = 64,
	EMULATED = 128,
	NR_DOCUMENTS = 256,
};

static const char *const lock_names[] = { "token-handoff-strict", "ww-die" };

/* The longest there are; rows of one cell share them. */
static const struct {
	const char *name, *values[2];
} axes[] = {
	{ "overlap_min_pct", { "95", "100" } },
	{ "token.handoff_window_us", { "10000000", "-" } },
	{ "threads_per_cpu", { "1", "1024" } },
	{ "groups",
	  { "threads=1024:hold_ns=1000000000:think_ns=1000000000:shared_pct=100:nice=-20/"
	    "threads=1:hold_ns=999999999:think_ns=1000000000:shared_pct=100:nice=-20/"
	    "threads=2:hold_ns=1000000000:think_ns=1000000000:shared_pct=100:nice=-20",
	    "threads=1/threads=2:hold_ns=100" } },
	{ "phases",
	  { "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16", "1024/1/1024/1" } },
};

#define NR_AXES N_OF(axes)

/* What must be printed, each in a line of its row. */
struct wanted {
	char text[WANTED_MAX][UNITS_MAX];
	size_t row[WANTED_MAX];
	size_t n;
	unsigned int seed;
};

static void want(struct wanted *w, size_t row, const char *text)
{
	assert_true(w->n < N_OF(w->text));
	snprintf(w->text[w->n], UNITS_MAX, "%s", text);
	w->row[w->n++] = row;
}

static void put(struct json_object *row, const char *key, double v)
{
	json_set(row, key, json_double(v));
}

static void put_text(struct json_object *row, const char *key, const char *text)
{
	json_set(row, key, json_object_new_string(text));
}

/* Numbers of three digits, none of which is given out twice. */
static double next(struct wanted *w)
{
	return 101 + w->seed++;
}

static const char *index_text(char out[UNITS_MAX], double v)
{
	snprintf(out, UNITS_MAX, "%.3f", v);
	return out;
}

static const char *thousands_text(char out[UNITS_MAX], double v)
{
	return units_count(out, v * 1000);
}

static void put_cell(struct wanted *w, struct json_object *obj, size_t row,
		     const char *key, double unit,
		     const char *(*text_of)(char out[UNITS_MAX], double v))
{
	double v = next(w) * unit;
	char text[UNITS_MAX];

	put(obj, key, v);
	want(w, row, text_of(text, v));
}

#define put_count(w, obj, row, key) put_cell(w, obj, row, key, 1e6, units_count)
/* In a column of its own, whose title has the unit. */
static const char *us_text(char out[UNITS_MAX], double v)
{
	snprintf(out, UNITS_MAX, "%.0f", v / 1e3);
	return out;
}

#define put_ns(w, obj, row, key) put_cell(w, obj, row, key, 1e3, us_text)
#define put_percent(w, obj, row, key) \
	put_cell(w, obj, row, key, 0.001, units_percent)
#define put_index(w, obj, row, key) \
	put_cell(w, obj, row, key, 0.001, index_text)

static void add_groups(struct wanted *w, struct json_object *row, size_t i)
{
	struct json_object *list = json_object_new_array();
	struct json_object *g = json_object_new_object();

	put(g, "threads", 1024);
	put_ns(w, g, i, "hold_ns");
	put_ns(w, g, i, "think_ns");
	put(g, "shared_pct", 100);
	put(g, "nice", -20);
	put_count(w, g, i, "throughput.median");
	put_percent(w, g, i, "ops_share.median");
	put_percent(w, g, i, "nominal_hold_share.median");
	put_ns(w, g, i, "acquire_p50_ns.median");
	put_ns(w, g, i, "acquire_p99_ns.median");
	put_ns(w, g, i, "acquire_max_ns.max");
	json_object_array_add(list, g);
	json_object_object_add(row, "groups", list);
}

static void add_phases(struct wanted *w, struct json_object *row, size_t i)
{
	struct json_object *list = json_object_new_array();
	size_t j;

	for (j = 0; j < 16; j++) {
		struct json_object *part = json_object_new_object();

		put(part, "threads_per_cpu", 1024 - j);
		put_count(w, part, i, "throughput.median");
		json_object_array_add(list, part);
	}
	json_object_object_add(row, "phases", list);
}

static void add_ledger(struct wanted *w, struct json_object *row, size_t i)
{
	static const char *const names[] = {
		"head_retries",	  "fail_on_tentative",
		"idle_polls",	  "ipis",
		"wakeups",	  "futile",
		"spins",	  "grants",
		"switches",	  "restarts",
		"sorted_entries",
	};
	char key[64];
	size_t j;

	put_count(w, row, i, "failed_per_pass.median");
	for (j = 0; j < N_OF(names); j++) {
		snprintf(key, sizeof(key), "per_op.%s.median", names[j]);
		put_cell(w, row, i, key, 1, thousands_text);
	}
	put_percent(w, row, i, "owned_not_running.median");
}

static void add_interval(struct wanted *w, struct json_object *row, size_t i)
{
	struct json_object *ci = json_object_new_array();
	char text[UNITS_MAX];
	double lo = next(w) * 1e6, hi = next(w) * 1e6;

	json_object_array_add(ci, json_double(lo));
	json_object_array_add(ci, json_double(hi));
	json_set(row, "throughput.ci95", ci);
	snprintf(text, sizeof(text), "%.0f-%.0fM", lo / 1e6, hi / 1e6);
	want(w, i, text);
}

static void add_ratio(struct wanted *w, struct json_object *row, size_t i)
{
	struct json_object *ci = json_object_new_array();

	put_index(w, row, i, "ratio.value");
	put_index(w, row, i, "ratio.p");
	json_object_array_add(ci, json_double(0.901));
	json_object_array_add(ci, json_double(1.101));
	json_set(row, "ratio.ci95", ci);
	put(row, "ratio.within", 0.101);
	json_set(row, "ratio.reference", json_object_new_string("mutex"));
	json_set(row, "ratio.verdict", json_object_new_string("no difference"));
}

static void add_model(struct json_object *row)
{
	put(row, "model.hold_ns", 123000);
	put(row, "model.think_ns", 456000);
	put(row, "model.line_ns", 789);
	put(row, "model.cpus", 128);
	put(row, "model.ops_per_s", 1234567);
	put(row, "model.knee_cpus", 112);
	put(row, "model.knee_ops_per_s", 2345678);
	put(row, "model.half_cpus", 208);
	put(row, "model.online_cpus", 256);
}

static void add_numbers(struct wanted *w, struct json_object *row, size_t i,
			unsigned int what)
{
	put_count(w, row, i, "throughput.median");
	put(row, "throughput.min", 123e6);
	put(row, "throughput.max", 124e6);
	put_percent(w, row, i, "efficiency.median");
	put_ns(w, row, i, "latency.acquire_ns.p99");
	put_index(w, row, i, "jain_ops.median");
	put_count(w, row, i, "failed_per_op.median");
	put_count(w, row, i, "per_op.tokens_undone.median");
	put_count(w, row, i, "stale_per_block.median");
	put_percent(w, row, i, "bystander_kept.median");
	if (what & OPEN) {
		put_ns(w, row, i, "latency.response_ns.p50");
		put_ns(w, row, i, "latency.response_ns.p99");
	} else {
		put_percent(w, row, i, "of_ideal.median");
		put_ns(w, row, i, "latency.acquire_ns.p50");
		put_ns(w, row, i, "latency.acquire_ns.max");
	}
	/* One row of a closed loop among those of an open one has all columns. */
	if (what & OPEN && i)
		put_percent(w, row, i, "refused.median");
	if (what & INTERVALS)
		add_interval(w, row, i);
	if (what & RATIOS)
		add_ratio(w, row, i);
	if (what & GROUPS) {
		put_index(w, row, i, "jain_hold_nominal.median");
		add_groups(w, row, i);
	}
	if (what & PHASES)
		add_phases(w, row, i);
	if (what & LEDGER)
		add_ledger(w, row, i);
	add_model(row);
}

static struct json_object *make_row(struct wanted *w, size_t i, size_t nr_axes,
				    unsigned int what)
{
	struct json_object *row = json_object_new_object();
	struct json_object *values = json_object_new_object();
	size_t j;

	json_object_object_add(row, "cell", json_object_new_uint64(40 + i / 2));
	json_object_object_add(row, "lock",
			       json_object_new_string(lock_names[i % 2]));
	json_object_object_add(row, "params", values);
	for (j = 0; j < nr_axes; j++)
		json_set(values, axes[j].name,
			 json_object_new_string(axes[j].values[i / 2]));
	put(row, "runs", 12);
	put(row, "ok", 3);
	put_text(row, "verdict", what & MARKED ? "INVALID" : "ok");
	put_text(row, "times", what & EMULATED ? "meaningless" : "ok");
	if (what & MARKED)
		want(w, i, "INVALID 9/12");
	add_numbers(w, row, i, what);
	return row;
}

static struct json_object *make(struct wanted *w, size_t nr_axes,
				unsigned int what)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *rows = json_object_new_array();
	struct json_object *names = json_object_new_object();
	size_t i;

	for (i = 0; i < nr_axes; i++)
		json_object_object_add(names, axes[i].name,
				       json_object_new_array());
	json_set(doc, "plan.axes", names);
	for (i = 0; i < NR_ROWS; i++)
		json_object_array_add(rows, make_row(w, i, nr_axes, what));
	json_object_object_add(doc, "runs", json_object_new_array());
	json_object_object_add(doc, "summary", rows);
	return doc;
}

static char *print(struct json_object *doc, const char *columns)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);

	out_print(f, doc, OUT_TABLE,
		  &(struct out_view){ .ledger = true, .columns = columns });
	fclose(f);
	return text;
}

/* Of rows; sentences are not measured. */
static void check_width(const char *text, size_t width)
{
	size_t len;

	for (; *text; text += len + (text[len] == '\n')) {
		const char *name = strstr(text, lock_names[0]);
		const char *other = strstr(text, lock_names[1]);

		len = strcspn(text, "\n");
		if ((!name || name > text + len) &&
		    (!other || other > text + len))
			continue;
		if (len > width)
			fail_msg("%zu: %.*s", len, (int)len, text);
	}
}

/* A value of an axis as a table shows it. */
static const char *shown(size_t axis, size_t i, char out[UNITS_MAX])
{
	const char *value = axes[axis].values[i];
	enum param_id id = params_find(axes[axis].name);

	return id == NR_PARAMS ? value : params_show(id, value, out);
}

/* Is there a line of this row with this cell? */
static bool has_cell(const char *text, size_t row, size_t nr_axes,
		     const char *cell)
{
	char out[UNITS_MAX];
	const char *value = nr_axes ? shown(nr_axes - 1, row / 2, out) : NULL;
	const char *lock = lock_names[row % 2];
	const char *at = text;
	size_t len = strlen(cell);
	char *line, *number;
	bool found;

	while ((at = strstr(at, cell))) {
		const char *start = at;

		while (start > text && start[-1] != '\n')
			start--;
		line = xstrndup(start, strcspn(start, "\n"));
		found = strstr(line, lock) && strchr(" ~", at[-1]) &&
			strchr("\n ", at[len]);
		if (found && value && !strstr(line, value))
			found = strtoul(line, &number, 10) == 40 + row / 2 &&
				*number == ' ';
		free(line);
		if (found)
			return true;
		at += len;
	}
	return false;
}

/* A long value goes on in the next line. */
static char *without_blanks(const char *text)
{
	char *out = xcalloc(strlen(text) + 1, 1);
	char *to = out;

	for (; *text; text++)
		if (!strchr("\n ", *text))
			*to++ = *text;
	return out;
}

static void check_axes(const char *text, size_t nr_axes)
{
	char *dense = without_blanks(text);
	char out[UNITS_MAX], *value;
	size_t i, j;

	for (i = 0; i < nr_axes; i++)
		for (j = 0; j < 2; j++) {
			value = without_blanks(shown(i, j, out));
			assert_has(dense, value);
			free(value);
		}
	free(dense);
}

static void check(size_t nr_axes, unsigned int what)
{
	struct wanted w = { .n = 0 };
	struct json_object *doc = make(&w, nr_axes, what);
	char *text = print(doc, "all");
	char width[8];
	size_t i;

	for (i = 0; i < w.n; i++)
		if (!has_cell(text, w.row[i], nr_axes, w.text[i]))
			fail_msg("%zu axes, %#x: row %zu has no %s:\n%s",
				 nr_axes, what, w.row[i], w.text[i], text);
	check_axes(text, nr_axes);
	free(text);
	for (i = 80; i <= 160; i += 40) {
		snprintf(width, sizeof(width), "%zu", i);
		setenv("COLUMNS", width, 1);
		text = print(doc, NULL);
		check_width(text, i);
		check_axes(text, nr_axes);
		/* Nothing is left out where it would fit. */
		if (i == 80 && nr_axes > 2)
			assert_has(text, "no room for:");
		free(text);
	}
	unsetenv("COLUMNS");
	json_object_put(doc);
}

static void no_table_is_wider_than_a_terminal(void **state)
{
	unsigned int what;
	size_t n;

	(void)state;
	for (n = 0; n <= NR_AXES; n++)
		for (what = 0; what < NR_DOCUMENTS; what++)
			check(n, what);
}

/* Names that no module gives, in a file that somebody sent. */
static void a_foreign_document_is_printed_as_well(void **state)
{
	static const char *const bad[] = { "\033", "\\x", "\n", "\303\244",
					   "a" };
	char *text, *dense, *lock;
	size_t i, j;

	(void)state;
	for (i = 0; i < N_OF(bad); i++) {
		struct wanted w = { .n = 0 };
		struct json_object *doc = make(&w, 3, MARKED | GROUPS | PHASES);
		struct json_object *rows = json_array(doc, "summary");
		struct json_object *row = json_object_array_get_idx(rows, 1);

		lock = xcalloc(300, strlen(bad[i]) + 1);
		for (j = 0; j < 300; j++)
			strcat(lock, bad[i]);
		json_set(row, "lock", json_object_new_string(lock));
		json_set(row, "verdict", json_object_new_string(lock));
		json_set(row, "params.overlap_min_pct",
			 json_object_new_string(lock));
		put(row, "groups.1.threads", 1e300);
		put(row, "cell", -1);
		json_set(json_object_array_get_idx(json_array(row, "phases"),
						   0),
			 "threads_per_cpu", json_object_new_string(lock));
		json_object_object_del(row, "model");
		text = print(doc, NULL);
		assert_null(strchr(text, '\033'));
		free(text);
		setenv("COLUMNS", "80", 1);
		text = print(doc, NULL);
		unsetenv("COLUMNS");
		dense = without_blanks(text);
		assert_has(dense, "case2:overlap_min_pct=100");
		free(dense);
		free(text);
		free(lock);
		json_object_put(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_table_is_wider_than_a_terminal),
		cmocka_unit_test(a_foreign_document_is_printed_as_well),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
