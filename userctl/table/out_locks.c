// SPDX-License-Identifier: GPL-2.0
/*
 * What each lock can do, as a table. Which locks can be asked for what is the
 * first question of a comparison, so everything but the description is a word.
 */
#include <err.h>
#include <libsmartcols.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "out.h"
#include "status.h"
#include "xalloc.h"

/* A pipe has no width of its own, and lines without end help nobody. */
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

static void new_columns(struct libscols_table *tb)
{
	struct libscols_column *doc;
	size_t i;

	scols_table_new_column(tb, "lock", 0, 0);
	for (i = 0; i < NR_CAPABILITIES; i++)
		scols_table_new_column(tb, capabilities[i], 0, 0);
	scols_table_new_column(tb, "scheduler", 0, 0);
	scols_table_new_column(tb, "sets", 0, SCOLS_FL_RIGHT);
	doc = scols_table_new_column(tb, "description", 0, SCOLS_FL_WRAP);
	scols_column_set_wrapfunc(doc, scols_wrapnl_chunksize,
				  scols_wrapnl_nextchunk, NULL);
	scols_column_set_safechars(doc, "\n");
}

static void new_line(struct libscols_table *tb, const struct variant *v,
		     size_t width)
{
	struct libscols_line *line = scols_table_new_line(tb, NULL);
	char *doc = xstrdup(v->doc);
	char sets[16];
	size_t at = 0;
	size_t i;

	if (!line)
		errx(ST_BAD, "out of memory");
	scols_line_set_data(line, at++, v->name);
	for (i = 0; i < NR_CAPABILITIES; i++)
		scols_line_set_data(line, at++,
				    variants_has_flag(v, capabilities[i]) ?
					    "yes" :
					    "-");
	scols_line_set_data(line, at++,
			    variants_has_flag(v, "lwkt") ? "LWKT" : "Linux");
	snprintf(sets, sizeof(sets), "%u", v->max_set);
	scols_line_set_data(line, at++, sets);
	wrap_words(doc, width);
	scols_line_set_data(line, at, doc);
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
	struct libscols_table *tb = out_new_table(f);
	size_t width = room(f, vs);
	size_t i;

	new_columns(tb);
	for (i = 0; i < vs->n; i++)
		new_line(tb, &vs->v[i], width);
	scols_table_set_column_separator(tb, " ");
	out_end_table(tb);
	fputs(legend, f);
	print_remarks(f, vs);
	print_notes(f, vs);
}
