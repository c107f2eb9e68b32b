// SPDX-License-Identifier: GPL-2.0
/*
 * The fits of throughput over threads, which are no measurements: what they
 * found, how sure they are, or why there is none; and their curves, which are
 * drawn beside the points and never instead of them.
 */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "base/xalloc.h"
#include "report_html.h"
#include "report_page.h"

#define FIT_POINTS 48

static const struct {
	const char *title;
	const char *key;
	bool count; /* else a plain number */
} numbers[] = {
	{ "one thread, ops/s", "usl.lambda", true },
	{ "contention", "usl.sigma", false },
	{ "coherence", "usl.kappa", false },
	{ "knee, threads", "usl.knee", false },
	{ "half of it, threads", "usl.half", false },
	{ "knee of the other model, CPUs", "bw.knee_cpus", false },
};

#define NR (sizeof(numbers) / sizeof(numbers[0]))

static void put_number(FILE *f, double v, bool count)
{
	char text[UNITS_MAX];

	if (count)
		fputs(units_count(text, v), f);
	else
		fprintf(f, "%.3g", v);
}

/* Only ticket and tas have the other model, and not every curve a knee. */
static bool is_there(struct json_object *list, size_t number)
{
	char key[64];
	size_t i;
	double v;

	snprintf(key, sizeof(key), "%s.value", numbers[number].key);
	for (i = 0; i < json_length(list); i++)
		if (json_number(json_object_array_get_idx(list, i), key, &v))
			return true;
	return false;
}

/* "5.1 (4.8 to 5.6)" */
static void put_value(FILE *f, struct json_object *fit, size_t i)
{
	char key[64];
	double v, lo, hi;

	snprintf(key, sizeof(key), "%s.value", numbers[i].key);
	fputs("<td>", f);
	if (!json_number(fit, key, &v)) {
		fputs("-</td>", f);
		return;
	}
	put_number(f, v, numbers[i].count);
	snprintf(key, sizeof(key), "%s.ci95.1", numbers[i].key);
	if (json_number(fit, key, &lo)) {
		snprintf(key, sizeof(key), "%s.ci95.2", numbers[i].key);
		if (json_number(fit, key, &hi)) {
			fputs(" <small>", f);
			put_number(f, lo, numbers[i].count);
			fputs(" to ", f);
			put_number(f, hi, numbers[i].count);
			fputs("</small>", f);
		}
	}
	fputs("</td>", f);
}

static void put_params(FILE *f, struct json_object *fit)
{
	struct json_object *where = json_object_at(fit, "params");
	const char *name;
	size_t i;

	for (i = 0; (name = row_axis(where, i)); i++) {
		html_element(f, " ", name, "=");
		html_text(f, row_param(fit, name));
	}
}

static void put_fit(FILE *f, struct json_object *list, struct json_object *fit)
{
	const char *none = json_text(fit, "usl.none");
	char text[UNITS_MAX];
	double v;
	size_t i;

	html_element(f, "<tr><th scope=\"row\">",
		     json_text_or(fit, "lock", "?"),
		     "</th><td class=\"text\">");
	put_params(f, fit);
	fputs("</td>", f);
	if (none) {
		html_element(f,
			     "<td class=\"text\" colspan=\"7\">no fit: ", none,
			     "</td></tr>\n");
		return;
	}
	for (i = 0; i < NR; i++)
		if (is_there(list, i))
			put_value(f, fit, i);
	fputs("<td>", f);
	if (json_number(fit, "usl.peak_ops_per_s", &v))
		fputs(units_count(text, v), f);
	else
		fputc('-', f);
	fputs("</td></tr>\n", f);
}

/**
 * table_fits() - Put the fits on a page, if the document has any
 * @p: the page
 */
void table_fits(struct report_page *p)
{
	struct json_object *list = json_array(p->v->doc, "scaling");
	size_t i;

	if (!json_length(list))
		return;
	html_table(p->f,
		   "A fit, not a measurement: the Universal Scalability Law, its "
		   "parameters with their 95 % intervals, the number of threads with the "
		   "highest throughput, and the one beyond it with half of that. The other model is "
		   "that of Boyd-Wickizer et al.");
	fputs("<th scope=\"col\" class=\"text\">lock</th>"
	      "<th scope=\"col\" class=\"text\">where</th>",
	      p->f);
	for (i = 0; i < NR; i++)
		if (is_there(list, i))
			html_element(p->f, "<th scope=\"col\">",
				     numbers[i].title, "</th>");
	fputs("<th scope=\"col\">highest, ops/s</th>", p->f);
	html_table_rows(p->f);
	for (i = 0; i < json_length(list); i++)
		put_fit(p->f, list, json_object_array_get_idx(list, i));
	html_table_end(p->f);
}

/* --- curves ------------------------------------------------------------- */

/* Is this the fit of a lock in a panel? Its params are those of all its cells. */
static bool fits_panel(struct json_object *fit, const struct report_view *v,
		       size_t panel, size_t lock)
{
	struct json_object *wanted, *got;
	char key[96];
	size_t i;

	if (strcmp(json_text_or(fit, "lock", ""), v->locks[lock]) != 0 ||
	    strcmp(json_text_or(fit, "over", "threads"), "threads") != 0)
		return false;
	wanted = json_object_at(fit, "params");
	if (!wanted)
		return true;
	for (i = 0; i < v->nr_points; i++) {
		const struct report_point *p = &v->points[i];

		if (p->lock != lock || v->cells[p->cell].panel != panel)
			continue;
		json_object_object_foreach(wanted, name, val)
		{
			snprintf(key, sizeof(key), "params.%s", name);
			if (json_find(p->row, key, &got) &&
			    !json_object_equal(got, val))
				return false;
		}
		return true;
	}
	return false;
}

static struct json_object *find_fit(const struct report_view *v, size_t panel,
				    size_t lock)
{
	struct json_object *fit;
	struct json_object *list = json_array(v->doc, "scaling");
	size_t i;

	json_for_each(i, fit, list) {
		if (fits_panel(fit, v, panel, lock))
			return fit;
	}
	return NULL;
}

/**
 * fit_curve() - The curve of a fit
 * @v: the document
 * @panel: index of the panel
 * @lock: index of the lock
 * @x: axis of the curve
 * @line: receives the curve, whose points are to be freed; is left alone if
 *	  there is no such fit
 */
void fit_curve(const struct report_view *v, size_t panel, size_t lock,
	       const struct chart_axis *x, struct chart_line *line)
{
	struct json_object *fit = find_fit(v, panel, lock);
	double lambda, sigma, kappa;
	size_t i;

	if (!json_number(fit, "usl.lambda.value", &lambda) ||
	    !json_number(fit, "usl.sigma.value", &sigma) ||
	    !json_number(fit, "usl.kappa.value", &kappa))
		return;
	line->curve = true;
	line->points = xcalloc(FIT_POINTS, sizeof(*line->points));
	for (i = 0; i < FIT_POINTS; i++) {
		double at = (double)i / (FIT_POINTS - 1);
		double n = x->log ? x->lo * pow(x->hi / x->lo, at) :
				    x->lo + (x->hi - x->lo) * at;
		double y = lambda * n /
			   (1 + sigma * (n - 1) + kappa * n * (n - 1));

		if (n >= 1 && isfinite(y) && y > 0)
			line->points[line->n++] =
				(struct chart_point){ n, y, NAN, NAN };
	}
}
