// SPDX-License-Identifier: GPL-2.0
/*
 * What the laws of usl.c and model_fit.c make of the curves of a document.
 * Rows without a good run take no part, and where throughput is not what so
 * many threads can do, nothing is fitted and the reason is given. Pure.
 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "model_row.h"
#include "row.h"
#include "scaling.h"
#include "series.h"
#include "stats/model_fit.h"
#include "stats/usl.h"

/* With two numbers of threads there is a difference, but no curve. */
#define CURVE_MIN 3
/* A guess where nothing was measured, for the search to start from. */
#define LINE_NS 100

static double number_of(struct json_object *obj, const char *key)
{
	double v = 0;

	json_number(obj, key, &v);
	return v;
}

/*
 * What a law is fitted to: the throughputs that count against what @n_of makes
 * of each point; @points must be freed.
 */
static struct curve_points
points_for(const struct series *s, double (*n_of)(const struct series_point *p))
{
	double *n = xcalloc(s->nr * 2, sizeof(*n));
	double *rate = n + s->nr;
	struct curve_points p = { n, rate, 0 };
	size_t i;

	for (i = 0; i < s->nr; i++) {
		n[p.nr] = n_of(&s->points[i]);
		rate[p.nr] = s->points[i].rate;
		p.nr += rate[p.nr] > 0 && n[p.nr] > 0;
	}
	return p;
}

static void free_points(struct curve_points *p)
{
	free((void *)p->n);
}

static double threads_of(const struct series_point *p)
{
	return p->threads;
}

static double cpus_of(const struct series_point *p)
{
	return model_row_cpus(p->run);
}

static void add_finite(struct json_object *obj, const char *key, double v)
{
	if (isfinite(v))
		json_add_number(obj, key, v);
}

static void add_value(struct json_object *obj, const char *key,
		      const struct curve_value *v)
{
	struct json_object *value = json_object_new_object();

	json_object_object_add(obj, key, value);
	add_finite(value, "value", v->value);
	if (isfinite(v->lo) && isfinite(v->hi))
		json_add_interval(value, "ci95", v->lo, v->hi);
}

/* A number of threads that only counts if the whole interval is finite. */
static bool is_certain(const struct curve_value *v)
{
	return isfinite(v->value) && isfinite(v->hi);
}

/* Why no law is fitted to these rows; NULL if one may be. */
static const char *refusal(const struct series *s)
{
	struct json_object *run = s->points[0].run;
	size_t i;

	for (i = 0; i < s->nr; i++)
		if (row_is_emulated(s->points[i].row))
			return "the CPU was emulated, and times mean nothing";
	if (number_of(run, "params.rate") > 0)
		return "in an open loop the arrivals set the throughput";
	if (*json_text_or(run, "params.phases", ""))
		return "threads come and go in the parts of the window";
	return NULL;
}

static const char *too_few(const struct curve_points *p, const char *of,
			   size_t min, char *out, size_t size)
{
	size_t distinct = curve_distinct(p);

	if (distinct >= min)
		return NULL;
	snprintf(out, size,
		 "%zu different number%s of %s with a good run, at least %zu needed",
		 distinct, distinct == 1 ? "" : "s", of, min);
	return out;
}

/* Knee, peak and half are beside each other in the values of both laws. */
static void add_knee(struct json_object *o, const struct curve_value *knee,
		     const char *const names[3])
{
	if (!is_certain(&knee[0]))
		return;
	add_value(o, names[0], &knee[0]);
	add_finite(o, names[1], knee[1].value);
	if (is_certain(&knee[2]))
		add_value(o, names[2], &knee[2]);
}

static struct json_object *usl_of(const struct series *s, uint64_t seed)
{
	static const char *const knee[] = { "knee", "peak_ops_per_s", "half" };
	struct curve_points p = points_for(s, threads_of);
	struct json_object *o = json_object_new_object();
	const char *why = refusal(s);
	struct curve_fit fit;
	char text[100];

	if (!why)
		why = too_few(&p, "threads", USL_POINTS_MIN, text,
			      sizeof(text));
	if (!why)
		why = usl_fit(&p, seed, &fit);
	free_points(&p);
	if (why) {
		json_add_text(o, "none", why);
		return o;
	}
	add_value(o, "lambda", &fit.values[USL_LAMBDA]);
	add_value(o, "sigma", &fit.values[USL_SIGMA]);
	add_value(o, "kappa", &fit.values[USL_KAPPA]);
	add_knee(o, &fit.values[USL_KNEE], knee);
	add_finite(o, "off", fit.off);
	add_finite(o, "r2", fit.r2);
	return o;
}

/* What is known before; the predictions are those of the most CPUs. */
static struct model guess_of(const struct series *s, struct json_object **model)
{
	struct json_object *run = s->points[0].run;
	struct model m = {
		.hold_ns = number_of(run, "params.hold_ns"),
		.think_ns = number_of(run, "params.think_ns"),
		.line_ns = LINE_NS,
	};
	struct json_object *o;
	size_t i;

	*model = NULL;
	for (i = 0; i < s->nr; i++) {
		o = json_object_at(s->points[i].row, "model");
		*model = o ? o : *model;
		json_number(o, "line_ns", &m.line_ns);
	}
	return m;
}

/* NULL: the model is not for such runs. */
static struct json_object *bw_of(const struct series *s, uint64_t seed)
{
	static const char *const knee[] = { "knee_cpus", "knee_ops_per_s",
					    "half_cpus" };
	struct curve_points p;
	struct json_object *model, *o;
	struct model guess = guess_of(s, &model);
	const char *why = refusal(s);
	struct curve_fit fit;
	char text[100];
	double v;

	if (!model)
		return NULL;
	o = json_object_new_object();
	p = points_for(s, cpus_of);
	if (!why)
		why = too_few(&p, "CPUs", MODEL_FIT_POINTS_MIN, text,
			      sizeof(text));
	if (!why && (guess.hold_ns < 0 || !(guess.think_ns >= 0)))
		why = "the result has no hold_ns and think_ns";
	if (!why)
		why = model_fit(&p, &guess, seed, &fit);
	free_points(&p);
	if (why) {
		json_add_text(o, "none", why);
		return o;
	}
	add_value(o, "hold_ns", &fit.values[MODEL_HOLD_NS]);
	add_finite(o, "think_ns", guess.think_ns);
	add_value(o, "line_ns", &fit.values[MODEL_LINE_NS]);
	add_knee(o, &fit.values[MODEL_KNEE], knee);
	if (json_number(model, "line_ns", &v))
		add_finite(o, "measured_line_ns", v);
	if (json_number(model, "knee_cpus", &v))
		add_finite(o, "predicted_knee_cpus", v);
	add_finite(o, "off", fit.off);
	add_finite(o, "r2", fit.r2);
	return o;
}

static struct json_object *points_of(const struct series *s)
{
	struct json_object *list = json_object_new_array();
	size_t i;

	for (i = 0; i < s->nr; i++) {
		const struct series_point *p = &s->points[i];
		struct json_object *o, *ends;

		if (!(p->rate > 0))
			continue;
		o = json_object_new_object();
		add_finite(o, "n", p->threads);
		add_finite(o, "median", p->rate);
		if (json_find(p->row, "throughput.ci95", &ends))
			json_object_object_add(o, "ci95",
					       json_object_get(ends));
		json_object_array_add(list, o);
	}
	return list;
}

static struct json_object *entry_of(const struct series *s, uint64_t seed)
{
	struct json_object *o = json_object_new_object();
	struct json_object *bw;

	json_add_text(o, "lock", json_text_or(s->points[0].row, "lock", "?"));
	json_object_object_add(o, "params", json_object_get(s->params));
	json_add_text(o, "over", "threads");
	json_add_text(o, "axis", s->axis);
	json_object_object_add(o, "points", points_of(s));
	json_object_object_add(o, "usl", usl_of(s, seed));
	bw = strcmp(s->axis, "cpus") ? NULL : bw_of(s, seed);
	if (bw)
		json_object_object_add(o, "bw", bw);
	return o;
}

static bool is_curve(const struct series *s)
{
	size_t distinct = 1;
	size_t i;

	for (i = 1; i < s->nr; i++)
		distinct += s->points[i].threads != s->points[i - 1].threads;
	return distinct >= CURVE_MIN;
}

/**
 * scaling_make() - Fit the laws of scaling to the rows of a document
 * @doc: document with runs and their summary
 *
 * Return: new array; one object for each curve that has at least three numbers
 * of threads. Their keys are in tokbench-result(7).
 */
struct json_object *scaling_make(struct json_object *doc)
{
	static const char *const axes[] = { "cpus", "threads_per_cpu" };
	struct json_object *list = json_object_new_array();
	struct json_object *o;
	struct series *found;
	size_t i, j, nr;
	uint64_t seed;

	json_find(doc, "plan.seed", &o);
	seed = json_object_get_uint64(o);
	for (i = 0; i < sizeof(axes) / sizeof(axes[0]); i++) {
		nr = series_find(doc, axes[i], &found);
		for (j = 0; j < nr; j++)
			if (is_curve(&found[j]))
				json_object_array_add(list, entry_of(&found[j],
								     seed));
		series_free(found, nr);
	}
	return list;
}
