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
	fputs("</style>\n</head>\n<body>\n", p->f);
}

/* In the order of the page; what has nothing to show is not on it. */
static const struct section {
	const char *id;
	const char *title;
	void (*put)(struct report_page *p);
	const char *caption;
	const struct columns *columns;
	void (*more)(struct report_page *p);
} sections[] = {
	{ "verdict", "Verdict", report_verdict, NULL, NULL, NULL },
	{ "asked", "What was asked", report_asked, NULL, NULL, NULL },
	{ "machine", "On what machine", report_machine, NULL, NULL, NULL },
	{ "certificate", "Certificate", report_certificate, NULL, NULL, NULL },
	{ "throughput", "Throughput", report_speed,
	  "Throughput: medians over the repeats", &columns_speed, table_fits },
	{ "waits", "Waiting", report_waits,
	  "Percentiles, of all repeats together", &columns_waits, NULL },
	{ "fairness", "Fairness", report_fair,
	  "Fairness over the threads; Jain's index is 1 if all "
	  "got the same, 1 over the number of threads if one got all",
	  &columns_fair, NULL },
	{ "waste", "Waste", report_waste,
	  "The ledger: events per 1000 operations, but for /pass, which is failed "
	  "tries per contended pass of the scheduler, and owned, a share of the "
	  "time held; tokbench-numbers(7) explains each",
	  &columns_ledger, NULL },
	{ "cpu", "CPU time", report_cpu,
	  "Useful work over the CPU time of all threads", &columns_cpu, NULL },
	{ "groups", "Groups and parts", table_others, NULL, NULL, NULL },
};

static void put_section(struct report_page *p, const struct section *s,
			FILE *nav)
{
	FILE *f = p->f;
	char *text = NULL;
	size_t len = 0;

	p->f = xmemstream(&text, &len);
	s->put(p);
	if (s->columns)
		table_put(p, s->caption, s->columns);
	if (s->more)
		s->more(p);
	xmemclose(p->f);
	p->f = f;
	if (len) {
		fprintf(nav, "<a href=\"#%s\">%s</a>\n", s->id, s->title);
		fprintf(f, "<section id=\"%s\">\n<h2>%s</h2>\n", s->id,
			s->title);
		fwrite(text, 1, len, f);
		fputs("</section>\n", f);
	}
	free(text);
}

/* The list of contents stands before what it lists, and is known behind it. */
static void put_sections(struct report_page *p)
{
	FILE *f = p->f;
	char *nav = NULL, *text = NULL;
	size_t nav_len = 0, len = 0;
	FILE *n = xmemstream(&nav, &nav_len);
	size_t i;

	p->f = xmemstream(&text, &len);
	for (i = 0; i < sizeof(sections) / sizeof(sections[0]); i++)
		put_section(p, &sections[i], n);
	xmemclose(n);
	xmemclose(p->f);
	p->f = f;
	fputs("<nav aria-label=\"Contents\">\n", f);
	fwrite(nav, 1, nav_len, f);
	fputs("</nav>\n<main>\n", f);
	report_head(p);
	fwrite(text, 1, len, f);
	free(nav);
	free(text);
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
	put_sections(&p);
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
