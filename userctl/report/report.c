// SPDX-License-Identifier: GPL-2.0
/*
 * A document as one page for a browser. The page is self-contained and inert:
 * it loads nothing, runs nothing, and forbids both to whatever might have
 * slipped into it. The same document makes the same page, to the byte.
 */

#include <string.h>

#include "base/json.h"
#include "base/xalloc.h"
#include "report_html.h"
#include "report_page.h"

static void put_start(struct report_page *p)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
	      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n"
	      "<meta http-equiv=\"Content-Security-Policy\" "
	      "content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n",
	      p->f);
	html_element(p->f, "<title>",
		     json_text_or(p->v->doc, "title", "tokbench report"),
		     "</title>\n<style>\n");
	fputs(report_colours, p->f);
	fputs(report_style, p->f);
	fputs("</style>\n</head>\n<body>\n<main>\n", p->f);
}

/* What a page shows of the runs: figures, and the table of the same numbers. */
static const struct {
	const char *id;
	const char *title;
	void (*figures)(struct report_page *p);
	const char *caption;
	const struct columns *columns;
} sections[] = {
	{ "throughput", "Throughput", report_speed,
	  "Throughput: medians over the repeats", &columns_speed },
	{ "waits", "Waiting", report_waits,
	  "Percentiles, of all repeats together", &columns_waits },
	{ "fairness", "Fairness", report_fair,
	  "Fairness over the threads; Jain's index is 1 if all "
	  "got the same, 1 over the number of threads if one got all",
	  &columns_fair },
	{ "waste", "Waste", report_waste,
	  "The ledger: events per 1000 operations, but for /pass, which is failed "
	  "tries per contended pass of the scheduler, and owned, a share of the "
	  "time held; tokbench-numbers(7) explains each",
	  &columns_ledger },
	{ "cpu", "Useful work and polling", report_cpu,
	  "Useful work over the CPU time of all threads", &columns_cpu },
};

static void put_results(struct report_page *p)
{
	size_t i;

	for (i = 0; i < sizeof(sections) / sizeof(sections[0]); i++) {
		fprintf(p->f, "<section id=\"%s\">\n<h2>%s</h2>\n",
			sections[i].id, sections[i].title);
		if (sections[i].figures == report_speed)
			table_ratios(p);
		sections[i].figures(p);
		table_put(p, sections[i].caption, sections[i].columns);
		if (sections[i].figures == report_speed)
			table_fits(p);
		fputs("</section>\n", p->f);
	}
	table_others(p);
}

/**
 * report_put() - Print a document as a page
 * @f: stream to print on
 * @doc: finished document
 * @m: receives the reason on error
 *
 * Return: true; false if a picture could not be made, and the page is worth
 * nothing.
 */
bool report_put(FILE *f, struct json_object *doc, struct msg *m)
{
	struct report_view *v = report_view_new(doc);
	struct report_page p = { .f = f, .v = v, .to = PAGE_CHARTS_MAX };

	out_look(&p.l, doc);
	put_start(&p);
	report_head(&p);
	fputs("<div class=\"two\">\n", f);
	report_asked(&p);
	report_machine(&p);
	fputs("</div>\n", f);
	report_certificate(&p);
	if (v->nr_points)
		put_results(&p);
	else
		fputs("<p>No run was made, so there is nothing to show.</p>\n",
		      f);
	html_element(f, "<footer>Made by tokctl report ", TOKCTL_VERSION,
		     "; tokbench-numbers(7) explains every number.</footer>\n");
	fputs("</main>\n</body>\n</html>\n", f);
	report_view_free(v);
	*m = p.m;
	return !p.failed;
}

/* Has what a page has for its pictures, and what no page needs. */
static void put_alone(FILE *f, const char *svg)
{
	const char *body = strchr(svg, '>') + 1;
	const char *end = strstr(body, "</svg>") + strlen("</svg>");

	fputs("<svg xmlns=\"http://www.w3.org/2000/svg\"", f);
	svg += strlen("<svg");
	fwrite(svg, 1, body - svg, f);
	fputs("<style>\n", f);
	fputs(report_colours, f);
	fputs("svg{color:var(--ink);background:var(--paper)}\n</style>", f);
	fwrite(body, 1, end - body, f);
	fputc('\n', f);
}

/**
 * report_put_picture() - Print one picture of a page, to stand alone
 * @f: stream to print on
 * @doc: finished document
 * @nr: which picture, from 1, in the order of the page
 * @m: receives the reason on error
 *
 * Return: true; false if it could not be made.
 */
bool report_put_picture(FILE *f, struct json_object *doc, unsigned int nr,
			struct msg *m)
{
	char *page = NULL;
	size_t len = 0;
	FILE *text = xmemstream(&page, &len);
	const char *at;
	char head[40];
	bool ok;

	ok = report_put(text, doc, m);
	xmemclose(text);
	snprintf(head, sizeof(head), "<svg id=\"picture-%u\"", nr);
	at = strstr(page, head);
	if (ok && !at)
		msg_set(m, "there is no picture %u on the page", nr);
	ok = ok && at;
	if (ok)
		put_alone(f, at);
	free(page);
	return ok;
}
