// SPDX-License-Identifier: GPL-2.0
/*
 * Tables of a page. The rows are those of the tables on a terminal and so are
 * the cells; a page has room for more of them, and for intervals.
 */
#include <string.h>

#include "base/units.h"
#include "base/xalloc.h"
#include "report_html.h"
#include "report_page.h"

/* --- tables --------------------------------------------------------------- */

static void put_heads(FILE *f, const struct out_layout *l,
		      const struct column *columns, size_t n)
{
	const char *name;
	size_t i;

	for (i = 0; (name = row_axis(l->axes, i)); i++)
		html_element(f, "<th scope=\"col\">", name, "</th>");
	fputs("<th scope=\"col\" class=\"text\">lock</th>", f);
	for (i = 0; i < n; i++) {
		fputs("<th scope=\"col\">", f);
		if (l->emulated && columns[i].times)
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
	    json_number(row, key, &v) && v >= 0)
		html_element(f, "<td>", units_ns(text, v), "</td>");
	else
		html_element(f, "<td>", json_text_or(row, key, "-"), "</td>");
}

static void put_row(FILE *f, const struct out_layout *l,
		    struct json_object *row, bool first,
		    const struct column *columns, size_t n)
{
	const char *mark = row_is_emulated(row) ? "~" : "";
	char cell[CELL_MAX];
	const char *name;
	size_t i;

	fprintf(f, "<tr class=\"%s%s\">", row_is_ok(row) ? "" : "bad ",
		first ? "first" : "");
	for (i = 0; (name = row_axis(l->axes, i)); i++)
		put_setting(f, row, name);
	html_element(f, "<th scope=\"row\">", json_text_or(row, "lock", "?"),
		     "</th>");
	for (i = 0; i < n; i++) {
		bool there = cell_text(row, &columns[i], cell);

		fputs("<td>", f);
		if (there && columns[i].times)
			fputs(mark, f);
		html_element(f, "", there ? cell : "-", "</td>");
	}
	if (l->marked)
		html_element(f, "<td class=\"text\">",
			     json_text_or(row, "verdict", "?"), "</td>");
	fputs("</tr>\n", f);
}

/**
 * table_put() - Put a table on a page, if there is something in it
 * @p: the page
 * @caption: stands above it
 * @all: the columns it could have
 */
void table_put(struct report_page *p, const char *caption,
	       const struct columns *all)
{
	struct column columns[COLUMNS_MAX];
	size_t n = out_choose(&p->l, all, columns);
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
	FILE *f = xmemstream(&text, &len);
	const char *line, *end;
	bool any;

	out_groups(f, &p->l);
	out_phases(f, &p->l);
	xmemclose(f);
	line = text + strspn(text, "\n");
	any = *line;
	if (any)
		fputs("<div class=\"scroll\" tabindex=\"0\"><pre>", p->f);
	for (end = line; *line; line = end) {
		char *one;

		end = line + strcspn(line, "\n");
		one = xstrndup(line, end - line);
		html_element(p->f, "", one, "\n");
		free(one);
		end += *end == '\n';
	}
	if (any)
		fputs("</pre></div>\n", p->f);
	free(text);
}
