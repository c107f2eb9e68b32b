// SPDX-License-Identifier: GPL-2.0
/*
 * What gnuplot draws, made fit for a page: colours become names that the page
 * gives values, another one for light, dark and paper; identifiers become the
 * picture's own, because a page has many pictures; the picture as a whole gets
 * a text for those who cannot see it; and what draws nothing is left out. Pure.
 *
 * Limits: knows the shape of the output of gnuplot 5.4 to 6.0. What it does not
 * know goes through as it is, which is right for elements of SVG.
 */
#include <stdlib.h>
#include <string.h>

#include "report_chart.h"
#include "report_html.h"

#define NR_COLOURS 12

static const char *const colours[NR_COLOURS] = {
	"--c1", "--c2", "--c3",	   "--c4",  "--c5",    "--c6",
	"--c7", "--c8", "--paper", "--ink", "--frame", "--grid",
};

/* Texts and what stands for them; the first one that fits counts. */
static const struct {
	const char *from;
	const char *to;
	bool id; /* with the name of the picture behind @to */
} words[] = {
	{ "xlink:href='#gp", "href='#", true },
	{ "url(#gp", "url(#", true },
	{ " id='gp", " id='", true },
	{ " color=\"black\"", "", false },
	{ " color=\"gray\"", "", false },
	{ " color=\"#FFFFFF\"", "", false },
	{ "\"black\"", "\"currentColor\"", false },
	{ "color='white'", "color='var(--paper)'", false },
	{ " font-family=\"sans-serif\"", "", false },
	{ " shape-rendering='crispEdges'", "", false },
};

#define NR_WORDS (sizeof(words) / sizeof(words[0]))

static bool begins(const char *s, const char *with)
{
	return !strncmp(s, with, strlen(with));
}

/* Behind the text, or the end. */
static const char *behind(const char *s, const char *text)
{
	const char *at = strstr(s, text);

	return at ? at + strlen(text) : s + strlen(s);
}

/* "rgb(  0,   0,   9)" is a colour of the page; -1: any other. */
static int colour_at(const char *s)
{
	int number[3];
	char *end;
	int i;

	if (!begins(s, "rgb("))
		return -1;
	s += strlen("rgb(");
	for (i = 0; i < 3; i++) {
		number[i] = strtol(s, &end, 10);
		if (end == s || *end != (i < 2 ? ',' : ')'))
			return -1;
		s = end + 1;
	}
	if (number[0] || number[1] || number[2] < 1 || number[2] > NR_COLOURS)
		return -1;
	return number[2] - 1;
}

/* What is left out altogether; NULL: this is not. */
static const char *skip(const char *s)
{
	const char *end;

	if (begins(s, "<title>"))
		return behind(s, "</title>");
	if (begins(s, "<desc>"))
		return behind(s, "</desc>");
	if (begins(s, "<filter "))
		return behind(s, "</filter>");
	if (begins(s, "<rect x=\"0\" y=\"0\""))
		return behind(s, "/>");
	if (begins(s, " id=\"gnuplot_"))
		return behind(s + strlen(" id=\""), "\"");
	/* Groups that hold nothing are half of the text. */
	if (begins(s, "<g ")) {
		end = behind(s, ">");
		end += strspn(end, "\n\t ");
		if (begins(end, "</g>"))
			return end + strlen("</g>") +
			       (end[strlen("</g>")] == '\n');
	}
	return NULL;
}

static const char *put_word(FILE *f, const char *s, const char *id)
{
	int colour = colour_at(s);
	size_t i;

	if (colour >= 0) {
		fprintf(f, "var(%s)", colours[colour]);
		return behind(s, ")");
	}
	for (i = 0; i < NR_WORDS; i++) {
		if (!begins(s, words[i].from))
			continue;
		fputs(words[i].to, f);
		if (words[i].id)
			fprintf(f, "%s-", id);
		return s + strlen(words[i].from);
	}
	fputc(*s, f);
	return s + 1;
}

/**
 * svg_put() - Print a picture of gnuplot for a page
 * @f: stream to print on
 * @svg: output of gnuplot_run()
 * @id: name of the picture, unlike that of any other on the page: letters,
 *	digits and dashes
 * @label: text for those who cannot see it
 *
 * Return: true; false if @svg is not a picture.
 */
bool svg_put(FILE *f, const char *svg, const char *id, const char *label)
{
	const char *box, *s, *next;

	svg = strstr(svg, "<svg");
	box = svg ? strstr(svg, "viewBox=\"") : NULL;
	s = svg ? strchr(svg, '>') : NULL;
	if (!box || !s || box > s || !strstr(s, "</svg>"))
		return false;
	box += strlen("viewBox=\"");
	fprintf(f, "<svg id=\"%s\" viewBox=\"%.*s\" role=\"img\" ", id,
		(int)strcspn(box, "\""), box);
	html_element(f, "aria-label=\"", label, "\">");
	for (s++; *s; s = next) {
		next = skip(s);
		if (!next)
			next = put_word(f, s, id);
	}
	return true;
}
