/* SPDX-License-Identifier: GPL-2.0 */
/*
 * For unit_width.c: documents with all that makes a table wide, and what of it must be
 * printed. Each number in them is there once.
 */
#ifndef _WIDE_H
#define _WIDE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/units.h"
#include "base/xalloc.h"
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

#endif /* _WIDE_H */
