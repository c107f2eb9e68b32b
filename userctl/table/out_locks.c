// SPDX-License-Identifier: GPL-2.0
/*
 * What each lock can do, as a table. Which locks can be asked for what is the
 * first question of a comparison, so everything but the description is a word.
 */
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/xalloc.h"
#include "grid.h"
#include "out.h"

/* A pipe has no width of its own, and lines without end help no reader. */
#define PIPE_WIDTH 100

/* Narrower than this a column of words cannot be read. */
#define ROOM_MIN 20

static const char *const capabilities[] = { "blocks", "drops", "ordered",
					    "restarts", "shared" };

#define NR_CAPABILITIES (sizeof(capabilities) / sizeof(capabilities[0]))

static const char legend[] =
	"blocks: the holder may sleep; drops: others can get the lock meanwhile; ordered: sets are taken\n"
	"in a global order; restarts: an acquisition can give up and begin anew; shared: has a shared\n"
	"mode; sets: the largest set_size\n";

/* Flags that say something about the harness, not about what a lock can do. */
static const struct {
	const char *flag, *says;
} remarks[] = {
	{ "unchecked", "claims no exclusion" },
	{ "fails", "a run with it must end FAILED" },
};

/* libsmartcols itself wraps in the middle of a word. */
static void wrap_words(char *text, size_t width)
{
	char *line = text;
	char *space = NULL;

	for (; *text; text++) {
		if (*text == ' ')
			space = text;
		if ((size_t)(text - line) < width || !space)
			continue;
		*space = '\n';
		line = space + 1;
		space = NULL;
	}
}

/* What is left of a line for the description. */
static size_t room(FILE *f, const struct variants *vs)
{
	size_t page = PIPE_WIDTH;
	size_t used = strlen("scheduler") + strlen("sets") + 3;
	size_t lock = strlen("lock");
	struct winsize ws;
	size_t i;

	if (isatty(fileno(f)) && !ioctl(fileno(f), TIOCGWINSZ, &ws))
		page = ws.ws_col;
	for (i = 0; i < vs->n; i++)
		if (strlen(vs->v[i].name) > lock)
			lock = strlen(vs->v[i].name);
	for (i = 0; i < NR_CAPABILITIES; i++)
		used += strlen(capabilities[i]) + 1;
	used += lock;
	return page > used + ROOM_MIN ? page - used : ROOM_MIN;
}

static void add_columns(struct grid *g)
{
	size_t i;

	grid_column(g, "lock", 0);
	for (i = 0; i < NR_CAPABILITIES; i++)
		grid_column(g, capabilities[i], 0);
	grid_column(g, "scheduler", 0);
	grid_column(g, "sets", GRID_RIGHT);
	grid_column(g, "description", GRID_LINES);
}

static void add_lock(struct grid *g, const struct variant *v, size_t width)
{
	char *doc = xstrdup(v->doc);
	size_t i;

	grid_row(g, NULL, -1);
	grid_text(g, v->name);
	for (i = 0; i < NR_CAPABILITIES; i++)
		grid_text(g,
			  variants_has_flag(v, capabilities[i]) ? "yes" : "-");
	grid_text(g, variants_has_flag(v, "lwkt") ? "LWKT" : "Linux");
	grid_format(g, "%u", v->max_set);
	wrap_words(doc, width);
	grid_text(g, doc);
	free(doc);
}

static void print_remarks(FILE *f, const struct variants *vs)
{
	size_t i, j;

	for (i = 0; i < sizeof(remarks) / sizeof(remarks[0]); i++) {
		char *names = xstrdup("");

		for (j = 0; j < vs->n; j++)
			if (variants_has_flag(&vs->v[j], remarks[i].flag))
				names = variants_append(names, vs->v[j].name);
		if (*names) {
			fprintf(f, "%s: ", remarks[i].says);
			out_plain(f, names);
		}
		free(names);
	}
}

/* What a lock is elsewhere stands in the table. */
static void print_notes(FILE *f, const struct variants *vs)
{
	bool any = false;
	size_t i;

	for (i = 0; i < vs->n; i++) {
		const struct variant *v = &vs->v[i];

		if (!strcmp(v->note, "-"))
			continue;
		if (!any)
			fputs("on this kernel (PREEMPT_RT):\n", f);
		any = true;
		out_words(f, v->note, fprintf(f, "  %s:", v->name));
		fputc('\n', f);
	}
}

/**
 * out_locks() - Print the locks and what they can do
 * @f: stream to print on
 * @vs: the locks
 */
void out_locks(FILE *f, const struct variants *vs)
{
	size_t width = room(f, vs);
	struct grid g;
	size_t i;

	grid_start(&g, f);
	g.gap = " ";
	add_columns(&g);
	for (i = 0; i < vs->n; i++)
		add_lock(&g, &vs->v[i], width);
	grid_end(&g);
	fputs(legend, f);
	print_remarks(f, vs);
	print_notes(f, vs);
}
