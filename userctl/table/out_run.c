// SPDX-License-Identifier: GPL-2.0
/*
 * One result for people: verdict and reasons first, then the numbers one
 * came for, then everything else the module said.
 */
#include <string.h>

#include "base/units.h"
#include "grid.h"
#include "out.h"
#include "out_rows.h"
#include "result/summary.h"

static void line(FILE *f, const char *name, const char *text)
{
	out_foreign(f, "  %-22s ", name);
	out_plain(f, text);
}

static bool ends_in_ns(const char *name)
{
	size_t len = strlen(name);

	return len > 3 && !strcmp(name + len - 3, "_ns");
}

/* Made from times, although the name does not end in _ns. */
static bool from_times(const char *name)
{
	static const char *const names[] = {
		"overlap",	  "ideal_ops",		"efficiency",
		"jain_hold",	  "top_half_hold",	"bystander_kept",
		"fair_jain_hold", "fair_jain_hold_min", "fair_top_half_hold"
	};
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (!strcmp(names[i], name))
			return true;
	return false;
}

/* A time is scaled, anything else is shown as the module wrote it. */
static const char *value_text(const char *name, struct json_object *val,
			      bool mark, char *out, size_t len)
{
	const char *text = json_object_get_string(val);
	const char *sign = mark ? "~" : "";
	char scaled[UNITS_MAX];

	if (ends_in_ns(name) && (json_object_is_type(val, json_type_int) ||
				 json_object_is_type(val, json_type_double))) {
		snprintf(out, len, "%s%s", sign,
			 units_ns(scaled, json_object_get_double(val)));
		return out;
	}
	if (!text || !from_times(name))
		return text;
	snprintf(out, len, "%s%s", sign, text);
	return out;
}

/* Lines of a section; what is nested in it keeps its dotted name. */
static void lines(FILE *f, struct json_object *obj, const char *prefix,
		  bool mark)
{
	char name[128];
	char text[64];

	json_object_object_foreach(obj, key, val)
	{
		const char *shown;

		snprintf(name, sizeof(name), "%s%s", prefix, key);
		if (json_object_is_type(val, json_type_object)) {
			snprintf(name, sizeof(name), "%s%s.", prefix, key);
			lines(f, val, name, mark);
			continue;
		}
		shown = value_text(name, val, mark, text, sizeof(text));
		line(f, name, shown && *shown ? shown : "-");
	}
}

static void section(FILE *f, const char *title, struct json_object *run,
		    const char *key, bool mark)
{
	struct json_object *obj = json_object_at(run, key);

	if (!obj)
		return;
	fprintf(f, "\n%s\n", title);
	lines(f, obj, "", mark);
}

static void numbers(FILE *f, struct json_object *run, bool mark)
{
	const char *m = mark ? "~" : "";
	double ops, window, ideal, v;
	char a[UNITS_MAX], b[UNITS_MAX];
	char text[128];

	fputs("\nnumbers\n", f);
	if (json_number(run, "totals.ops", &ops) &&
	    json_number(run, "totals.window_ns", &window) && window > 0) {
		if (json_number(run, "totals.ideal_ops", &ideal) && ideal > 0)
			snprintf(text, sizeof(text),
				 "%s%s ops/s, %s%s of ideal", m,
				 units_count(a, ops * 1e9 / window), m,
				 units_percent(b, ops / ideal));
		else
			snprintf(text, sizeof(text), "%s%s ops/s", m,
				 units_count(a, ops * 1e9 / window));
		line(f, "throughput", text);
		if (json_number(run, "totals.attempts_failed", &v) && ops > 0)
			line(f, "failed attempts per op",
			     units_count(a, v / ops));
	}
	if (json_number(run, "totals.jain_ops", &v)) {
		snprintf(text, sizeof(text), "%.3f", v);
		line(f, "Jain index over ops", text);
	}
	if (json_number(run, "totals.efficiency", &v)) {
		snprintf(text, sizeof(text), "%s%s", m, units_percent(a, v));
		line(f, "efficiency", text);
	}
}

static void latency(FILE *f, struct json_object *run, bool mark)
{
	static const char *const stats[] = { "count", "mean", "p50", "p90",
					     "p99",   "p999", "max" };
	struct json_object *hists = json_object_at(run, "latency");
	struct json_object *val;
	const char *shown;
	struct grid g;
	size_t i;

	if (!hists || !json_object_object_length(hists))
		return;
	fputc('\n', f);
	grid_start(&g, f);
	grid_column(&g, "latency", 0);
	for (i = 0; i < sizeof(stats) / sizeof(stats[0]); i++)
		grid_column(&g, stats[i], GRID_RIGHT);
	json_object_object_foreach(hists, name, hist)
	{
		char text[64];

		grid_row(&g, NULL, -1);
		grid_text(&g, name);
		for (i = 0; i < sizeof(stats) / sizeof(stats[0]); i++) {
			/* The unit of all but the count is that of the histogram's name. */
			const char *unit = i ? name : stats[i];

			shown = "-";
			if (json_find(hist, stats[i], &val) && val)
				shown = value_text(unit, val, mark, text,
						   sizeof(text));
			grid_text(&g, shown);
		}
	}
	grid_end(&g);
}

/* As below the table of a sweep, which here has one row. */
static void groups_and_phases(FILE *f, struct json_object *run)
{
	struct json_object *doc = json_object_new_object();
	struct json_object *runs = json_object_new_array();
	struct out_layout l;

	json_object_array_add(runs, json_object_get(run));
	json_object_object_add(doc, "runs", runs);
	json_object_object_add(doc, "summary", summary_make(doc));
	out_look(&l, doc);
	out_groups(f, &l);
	out_phases(f, &l);
	json_object_put(doc);
}

/**
 * out_run() - Print one result in sections
 * @f: stream to print on
 * @run: the result
 */
void out_run(FILE *f, struct json_object *run)
{
	const char *times = json_text(run, "certificate.times");
	bool mark = times && !strcmp(times, "meaningless");
	const char *verdict = json_text(run, "verdict");
	struct json_object *list;
	size_t i;

	out_foreign(f, "run %s of %s: ", json_text(run, "run"),
		    json_text(run, "lock"));
	out_plain(f, verdict ? verdict : "?");
	list = json_array(run, "reasons");
	for (i = 0; i < json_length(list); i++) {
		const char *why = json_item(list, i);

		line(f, "reason", why ? why : "-");
	}
	out_simulated(f, json_object_at(run, "certificate"));
	if (mark)
		fputs(out_times_warning, f);
	numbers(f, run, mark);
	latency(f, run, mark);
	groups_and_phases(f, run);
	section(f, "parameters", run, "params", false);
	section(f, "certificate", run, "certificate", mark);
	section(f, "ledger", run, "totals", mark);
	if (mark)
		fputs(out_times_warning, f);
}
