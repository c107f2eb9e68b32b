// SPDX-License-Identifier: GPL-2.0
/*
 * Tables of a page. The rows are those of the tables on a terminal and so are
 * the cells; a page has room for more of them, and for intervals.
 */
#include <string.h>

#include "jpath.h"
#include "report_html.h"
#include "report_page.h"
#include "units.h"
#include "xalloc.h"

#define NR(array) (sizeof(array) / sizeof((array)[0]))
#define COLUMNS_MAX 24

/* More cells than these do not fit beside each other. */
#define MATRIX_MAX 10

/* --- cells that only a page has ------------------------------------------- */

/* Both ends; @key is that of the first. */
static bool interval(struct json_object *row, const char *key, double ends[2])
{
	char second[64];

	snprintf(second, sizeof(second), "%s", key);
	second[strlen(second) - 1] = '2';
	return jpath_number(row, key, &ends[0]) &&
	       jpath_number(row, second, &ends[1]);
}

static bool cell_ratio(struct json_object *row, const char *key, char *out)
{
	double v;

	if (!jpath_number(row, key, &v))
		return false;
	snprintf(out, CELL_MAX, v < 9.995 ? "%.3f" : "%.1f", v);
	return true;
}

static bool cell_ratio_interval(struct json_object *row, const char *key,
				char *out)
{
	double ends[2];

	if (!interval(row, key, ends))
		return false;
	snprintf(out, CELL_MAX, "%.3f to %.3f", ends[0], ends[1]);
	return true;
}

static bool cell_compared(struct json_object *row, const char *key, char *out)
{
	const char *verdict = jpath_text(row, "ratio.verdict");
	char percent[UNITS_MAX];
	double v;

	(void)key;
	if (!verdict)
		return false;
	if (!strcmp(verdict, "no difference") &&
	    jpath_number(row, "ratio.within", &v))
		snprintf(out, CELL_MAX, "no difference within %s",
			 units_percent(percent, v));
	else
		snprintf(out, CELL_MAX, "%.40s", verdict);
	return true;
}

static bool cell_outliers(struct json_object *row, const char *key, char *out)
{
	struct json_object *list = jpath_array(row, "throughput.outliers");
	size_t n = 0;
	size_t i;

	(void)key;
	for (i = 0; i < jpath_length(list) && n + 24 < CELL_MAX; i++) {
		const char *text = jpath_item(list, i);

		n += snprintf(out + n, CELL_MAX - n, "%s%.20s", i ? ", " : "",
			      text ? text : "?");
	}
	return n > 0;
}

static const struct out_column speed_columns[] = {
	{ "ops/s", OUT_ALWAYS, true, out_cell_count, "throughput.median" },
	{ "95 % interval", OUT_INTERVALS, true, out_cell_interval,
	  "throughput" },
	{ "min-max", OUT_RANGES, true, out_cell_range, "throughput" },
	{ "runs", OUT_THERE, false, out_cell_number, "runs" },
	{ "outliers", OUT_THERE, false, cell_outliers,
	  "throughput.outliers.1" },
	{ "of ideal", OUT_CLOSED, true, out_cell_percent, "of_ideal.median" },
	{ "refused", OUT_THERE, true, out_cell_percent, "refused.median" },
	{ "ratio", OUT_THERE, true, cell_ratio, "ratio.value" },
	{ "its 95 % interval", OUT_THERE, true, cell_ratio_interval,
	  "ratio.ci95.1" },
	{ "to the reference", OUT_THERE, false, cell_compared, "ratio.value" },
};

static const struct out_column wait_columns[] = {
	{ "wait p50", OUT_THERE, true, out_cell_ns, "latency.acquire_ns.p50" },
	{ "p90", OUT_THERE, true, out_cell_ns, "latency.acquire_ns.p90" },
	{ "p99", OUT_THERE, true, out_cell_ns, "latency.acquire_ns.p99" },
	{ "p99.9", OUT_THERE, true, out_cell_ns, "latency.acquire_ns.p999" },
	{ "max", OUT_THERE, true, out_cell_ns, "latency.acquire_ns.max" },
	{ "hold p50", OUT_THERE, true, out_cell_ns, "latency.hold_ns.p50" },
	{ "hand-off p50", OUT_THERE, true, out_cell_ns,
	  "latency.handoff_ns.p50" },
	{ "response p50", OUT_THERE, true, out_cell_ns,
	  "latency.response_ns.p50" },
	{ "p99", OUT_THERE, true, out_cell_ns, "latency.response_ns.p99" },
	{ "max", OUT_THERE, true, out_cell_ns, "latency.response_ns.max" },
};

static const struct out_column fair_columns[] = {
	{ "Jain, operations", OUT_THERE, false, out_cell_index,
	  "jain_ops.median" },
	{ "Jain, short term", OUT_THERE, false, out_cell_index,
	  "fair_jain_ops.median" },
	{ "Jain, time held", OUT_THERE, true, out_cell_index,
	  "jain_hold.median" },
	{ "Jain, time asked for", OUT_THERE, false, out_cell_index,
	  "jain_hold_nominal.median" },
	{ "bystanders kept", OUT_THERE, true, out_cell_percent,
	  "bystander_kept.median" },
};

static const struct out_column cpu_columns[] = {
	{ "efficiency", OUT_THERE, true, out_cell_percent,
	  "efficiency.median" },
};

/* --- tables --------------------------------------------------------------- */

static void put_heads(FILE *f, const struct out_layout *l,
		      const struct out_column *columns, size_t n)
{
	size_t i;

	if (l->axes) {
		json_object_object_foreach(l->axes, name, unused)
		{
			(void)unused;
			html_element(f, "<th scope=\"col\">", name, "</th>");
		}
	}
	fputs("<th scope=\"col\" class=\"text\">lock</th>", f);
	for (i = 0; i < n; i++) {
		fputs("<th scope=\"col\">", f);
		if (l->emulated && columns[i].time)
			fputc('~', f);
		html_element(f, "", columns[i].title, "</th>");
	}
	if (l->marked)
		fputs("<th scope=\"col\" class=\"text\">verdict</th>", f);
	html_table_rows(f);
}

/* A setting, scaled if it is a time. */
static void put_setting(FILE *f, struct json_object *row, const char *name)
{
	size_t len = strlen(name);
	char key[96], text[UNITS_MAX];
	double v;

	snprintf(key, sizeof(key), "params.%s", name);
	if (len > 3 && !strcmp(name + len - 3, "_ns") &&
	    jpath_number(row, key, &v) && v >= 0)
		html_element(f, "<td>", units_ns(text, v), "</td>");
	else
		html_element(f, "<td>", jpath_text_or(row, key, "-"), "</td>");
}

static void put_row(FILE *f, const struct out_layout *l,
		    struct json_object *row, bool first,
		    const struct out_column *columns, size_t n)
{
	const char *mark =
		strcmp(jpath_text_or(row, "times", ""), "meaningless") ? "" :
									 "~";
	char cell[CELL_MAX];
	size_t i;

	fprintf(f, "<tr class=\"%s%s\">", out_is_ok(row) ? "" : "bad ",
		first ? "first" : "");
	if (l->axes) {
		json_object_object_foreach(l->axes, name, unused)
		{
			(void)unused;
			put_setting(f, row, name);
		}
	}
	html_element(f, "<th scope=\"row\">", jpath_text_or(row, "lock", "?"),
		     "</th>");
	for (i = 0; i < n; i++) {
		bool there = columns[i].cell(row, columns[i].key, cell);

		fputs("<td>", f);
		if (there && columns[i].time)
			fputs(mark, f);
		html_element(f, "", there ? cell : "-", "</td>");
	}
	if (l->marked)
		html_element(f, "<td class=\"text\">",
			     jpath_text_or(row, "verdict", "?"), "</td>");
	fputs("</tr>\n", f);
}

static void put_table(struct report_page *p, const char *caption,
		      const struct out_column *columns, size_t n)
{
	size_t i;

	if (!n)
		return;
	html_table(p->f, caption);
	put_heads(p->f, &p->l, columns, n);
	for (i = 0; i < p->v->nr_points; i++)
		put_row(p->f, &p->l, p->v->points[i].row,
			i && p->v->points[i].cell != p->v->points[i - 1].cell,
			columns, n);
	html_table_end(p->f);
}

static void choose_and_put(struct report_page *p, const char *caption,
			   const struct out_column *all, size_t n)
{
	struct out_column columns[COLUMNS_MAX];

	put_table(p, caption, columns, out_choose(&p->l, all, n, columns));
}

/**
 * table_speed() - Put the table of throughput on a page
 * @p: the page
 */
void table_speed(struct report_page *p)
{
	choose_and_put(p, "Throughput: medians over the repeats", speed_columns,
		       NR(speed_columns));
}

/**
 * table_waits() - Put the table of waiting times on a page
 * @p: the page
 */
void table_waits(struct report_page *p)
{
	choose_and_put(p, "Percentiles, of all repeats together", wait_columns,
		       NR(wait_columns));
}

/**
 * table_fair() - Put the table of fairness on a page
 * @p: the page
 */
void table_fair(struct report_page *p)
{
	choose_and_put(p,
		       "Fairness over the threads; Jain's index is 1 if all "
		       "got the same, 1 over the number of threads if one got all",
		       fair_columns, NR(fair_columns));
}

/**
 * table_waste() - Put the ledger of waste on a page
 * @p: the page
 */
void table_waste(struct report_page *p)
{
	struct out_column columns[OUT_LEDGER_MAX];

	put_table(p,
		  "The ledger: events per 1000 operations, but for /pass, which is failed "
		  "tries per contended pass of the scheduler; tokctl(8) explains each",
		  columns, out_ledger_columns(&p->l, columns));
}

/**
 * table_cpu() - Put the table of efficiency on a page
 * @p: the page
 */
void table_cpu(struct report_page *p)
{
	choose_and_put(p, "Useful work over the CPU time of all threads",
		       cpu_columns, NR(cpu_columns));
}

/* --- ratios --------------------------------------------------------------- */

static void put_ratio(FILE *f, const struct report_point *at)
{
	const char *verdict, *class = "";
	char cell[CELL_MAX];

	if (!at || !cell_ratio(at->row, "ratio.value", cell)) {
		fputs("<td>-</td>", f);
		return;
	}
	verdict = jpath_text_or(at->row, "ratio.verdict", "");
	if (!strcmp(verdict, "faster"))
		class = " class=\"faster\"";
	else if (!strcmp(verdict, "slower"))
		class = " class=\"slower\"";
	fprintf(f, "<td%s>", class);
	html_element(f, "", cell, " ");
	html_element(f, "<small>", verdict, "</small></td>");
}

/**
 * table_ratios() - Put the ratios to the reference on a page, if there are any
 * @p: the page
 *
 * One row per lock and one column per cell: what one looks for first.
 */
void table_ratios(struct report_page *p)
{
	const struct report_view *v = p->v;
	size_t i, j;
	double x;

	for (i = 0; i < v->nr_points; i++)
		if (jpath_number(v->points[i].row, "ratio.value", &x))
			break;
	if (i == v->nr_points || v->nr_cells > MATRIX_MAX)
		return;
	html_table(p->f,
		   p->l.emulated ?
			   "Throughput as a multiple of the reference's (times mean "
			   "nothing here)" :
			   "Throughput as a multiple of the reference's");
	fputs("<th scope=\"col\" class=\"text\">lock</th>", p->f);
	for (i = 0; i < v->nr_cells; i++)
		html_element(p->f, "<th scope=\"col\">",
			     *v->cells[i].title ? v->cells[i].title : "ratio",
			     "</th>");
	html_table_rows(p->f);
	for (i = 0; i < v->nr_locks; i++) {
		html_element(p->f, "<tr><th scope=\"row\">", v->locks[i],
			     "</th>");
		for (j = 0; j < v->nr_cells; j++)
			put_ratio(p->f, report_view_find(v, i, j));
		fputs("</tr>\n", p->f);
	}
	html_table_end(p->f);
}

/* --- tables that are rare ------------------------------------------------- */

/**
 * table_others() - Put groups of threads and parts of the window on a page
 * @p: the page
 *
 * As on a terminal, if there are any.
 */
void table_others(struct report_page *p)
{
	char *text = NULL;
	size_t len = 0;
	FILE *f = open_memstream(&text, &len);
	const char *line, *end;
	bool any;

	if (!f)
		err(ST_BAD, "out of memory");
	out_groups(f, &p->l);
	out_phases(f, &p->l);
	fclose(f);
	line = text + strspn(text, "\n");
	any = *line;
	if (any)
		fputs("<section>\n<h2>Groups and parts</h2>\n"
		      "<div class=\"scroll\" tabindex=\"0\"><pre>",
		      p->f);
	for (end = line; *line; line = end) {
		char *one;

		end = line + strcspn(line, "\n");
		one = xstrndup(line, end - line);
		html_element(p->f, "", one, "\n");
		free(one);
		end += *end == '\n';
	}
	if (any)
		fputs("</pre></div>\n</section>\n", p->f);
	free(text);
}
