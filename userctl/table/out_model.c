// SPDX-License-Identifier: GPL-2.0
/*
 * The model's predictions, a line for each row that has one. They stand apart
 * from the table, so that no reader takes them for measurements.
 */
#include "base/units.h"
#include "base/xalloc.h"
#include "out.h"
#include "out_rows.h"
#include "stats/model.h"

static const char heading[] =
	"\nModel of collapse (Boyd-Wickizer et al., OLS 2012); "
	"a prediction, not a measurement\n";

/* "with 14 CPUs 2.64M ops/s, half of that with 21" */
static void print_knee(FILE *f, struct json_object *model, double knee)
{
	char count[UNITS_MAX];
	double v = 0;

	json_number(model, "knee_ops_per_s", &v);
	fprintf(f, "highest throughput with %.0f CPUs, %s ops/s", knee,
		units_count(count, v));
	if (json_number(model, "half_cpus", &v))
		fprintf(f, ", half of that with %.0f", v);
	if (!json_number(model, "online_cpus", &v))
		return;
	fprintf(f, "; this machine has %.0f CPU%s: %s", v, v == 1 ? "" : "s",
		v < knee ? "too few to reach it" : "enough to reach it");
	if (v >= knee && json_number(model, "cpus", &v) && v < knee)
		fprintf(f, ", but the run had %.0f", v);
}

static void print_model(FILE *f, struct json_object *model)
{
	double hold = 0, think = 0, line = 0, cpus, v;
	char a[UNITS_MAX], b[UNITS_MAX], c[UNITS_MAX];
	struct json_object *flag;

	json_number(model, "hold_ns", &hold);
	json_number(model, "think_ns", &think);
	json_number(model, "line_ns", &line);
	fprintf(f, "hold %s, think %s, cache line %s: ", units_ns(a, hold),
		units_ns(b, think), units_ns(c, line));
	if (json_number(model, "cpus", &cpus) &&
	    json_number(model, "ops_per_s", &v))
		fprintf(f, "%s ops/s with the %.0f CPU%s of this run; ",
			units_count(a, v), cpus, cpus == 1 ? "" : "s");
	if (json_find(model, "saturated", &flag) &&
	    json_object_get_boolean(flag))
		fputs("no think time, so no knee: saturated from the second CPU on",
		      f);
	else if (json_number(model, "knee_cpus", &v))
		print_knee(f, model, v);
	else
		fprintf(f, "no collapse with up to %d CPUs", MODEL_CPUS_MAX);
}

static void print_row(FILE *f, struct json_object *row,
		      struct json_object *model)
{
	const char *why = json_text(model, "none");
	char *text = NULL;
	size_t len = 0;
	FILE *m = xmemstream(&text, &len);

	fprintf(m, "%s: ", json_text_or(row, "lock", "?"));
	if (why)
		fprintf(m, "no prediction: %s", why);
	else
		print_model(m, model);
	xmemclose(m);
	out_words(f, text, 0);
	fputc('\n', f);
	free(text);
}

/**
 * out_models() - Print what the model predicts
 * @f: stream to print on
 * @l: the document
 */
void out_models(FILE *f, const struct out_layout *l)
{
	struct json_object *row, *model;
	bool any = false;
	size_t i;

	json_for_each(i, row, l->rows) {
		model = json_object_at(row, "model");
		if (!model)
			continue;
		if (!any)
			fputs(heading, f);
		any = true;
		print_row(f, row, model);
	}
}
