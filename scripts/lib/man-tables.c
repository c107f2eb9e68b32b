// SPDX-License-Identifier: GPL-2.0
/*
 * man-tables.c - the lists of module/uapi as items of mdoc lists
 *
 * Called by scripts/man-tables, which wraps the lines and puts them into the
 * manual pages. What the lists say of a name is the text of the manual: no
 * name, range or default is written a second time.
 *
 *   man-tables LIST	LIST is one of the names in lists[] below
 */
#include <stdio.h>
#include <string.h>

#include "uapi/tokbench.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define WORD(word) #word,

static const char *const orders[] = { TB_ORDERS(WORD) };
static const char *const picks[] = { TB_PICKS(WORD) };
static const char *const dists[] = { TB_DISTS(WORD) };
static const char *const substrates[] = { TB_SUBSTRATES(WORD) };
static const char *const measures[] = { TB_MEASURES(WORD) };
static const char *const scheds[] = { TB_SCHEDS(WORD) };
static const char *const faults[] = { TB_FAULTS(WORD) };
static const char *const collisions[] = { LWKT_COLLISIONS(WORD) };

/* What follows an option: a text of its own, words, or a number. */
struct kind {
	const char *argument;
	const char *const *words;
	size_t n;
};

static const struct kind LOCK = { "Ar lock", NULL, 0 };
static const struct kind CPUS = { "Ar list", NULL, 0 };
static const struct kind GROUPS = { "Ar group Ns / Ns Ar group ...", NULL, 0 };
static const struct kind PHASES = { "Ar n Ns / Ns Ar n ...", NULL, 0 };
static const struct kind ORDER = { NULL, orders, COUNT(orders) };
static const struct kind PICK = { NULL, picks, COUNT(picks) };
static const struct kind DIST = { NULL, dists, COUNT(dists) };
static const struct kind SUBSTRATE = { NULL, substrates, COUNT(substrates) };
static const struct kind MEASURE = { NULL, measures, COUNT(measures) };
static const struct kind SCHED = { NULL, scheds, COUNT(scheds) };
static const struct kind FAULT = { NULL, faults, COUNT(faults) };
static const struct kind COLLISIONS = { NULL, collisions, COUNT(collisions) };
static const struct kind UINT = { NULL, NULL, 0 };

static void option(const char *name, const struct kind *kind, const char *unit)
{
	size_t len = strlen(name) - (*unit ? strlen(unit) + 1 : 0);
	size_t i;

	/* Without its unit, which the value has: params_option() of tokctl. */
	printf(".It Fl Fl ");
	for (i = 0; i < len; i++)
		putchar(name[i] == '_' ? '-' : name[i]);
	putchar(' ');
	for (i = 0; i < kind->n; i++)
		printf("%s%s", i ? " | " : "Cm ", kind->words[i]);
	if (kind->argument)
		printf("%s", kind->argument);
	else if (!kind->n)
		printf("Ar %s", *unit ? "time" : "n");
	putchar('\n');
}

static void range(unsigned long long min, unsigned long long max, const char *unit)
{
	printf("%llu to %llu%s%s", min, max, *unit ? " " : "", unit);
}

static void parameter(const char *name, const struct kind *kind, const char *unit,
		      unsigned long long initial, unsigned long long min,
		      unsigned long long max, const char *doc)
{
	if (kind == &LOCK)
		return;
	option(name, kind, unit);
	printf("%s", doc);
	if (kind->n) {
		printf(" (default\n.Cm %s ) .\n", kind->words[initial]);
	} else if (kind == &UINT) {
		printf(" (");
		range(min, max, unit);
		/* axes_complete() of tokctl refuses a run without these. */
		if (!strcmp(name, "hold_ns") || !strcmp(name, "think_ns"))
			printf("; must be given).\n");
		else
			printf("; default %llu).\n", initial);
	} else {
		printf(".\n");
	}
}

static void parameters(void)
{
#define X(name, kind, unit, initial, min, max, doc) \
	parameter(#name, &kind, unit, initial, min, max, doc);
	TB_PARAMS(X)
#undef X
}

static void knob(const char *name, const struct kind *kind, const char *unit,
		 unsigned long long min, unsigned long long max, const char *doc)
{
	option(name, kind, unit);
	printf("%s", doc);
	if (kind == &UINT) {
		printf(" (");
		range(min, max, unit);
		printf(")");
	}
	printf(".\n");
}

static void knobs(void)
{
#define X(name, kind, unit, min, max, doc) knob(#name, &kind, unit, min, max, doc);
	LWKT_KNOBS(X)
#undef X
}

static void key(const char *name, const char *doc)
{
	printf(".It Cm %s\n%s.\n", name, doc);
}

#define KEY(name, doc) key(#name, doc);
#define COUNTER(name, how, doc) key(#name, doc);
#define KEYS(list, X) \
	static void keys_##list(void) { list(X) }

KEYS(TB_CERTIFICATE, KEY)
KEYS(TB_TOTALS, KEY)
KEYS(TB_HISTOGRAMS, KEY)
KEYS(TB_GROUP_FIELDS, KEY)
KEYS(TB_PHASE_FIELDS, KEY)
KEYS(TB_THREAD_COUNTERS, COUNTER)
KEYS(TB_RESTART_COUNTERS, COUNTER)
KEYS(LWKT_THREAD_COUNTERS, COUNTER)
KEYS(LWKT_CPU_COUNTERS, COUNTER)

static const struct {
	const char *name;
	void (*print)(void);
} lists[] = {
	{ "parameters", parameters },
	{ "knobs", knobs },
	{ "certificate", keys_TB_CERTIFICATE },
	{ "totals", keys_TB_TOTALS },
	{ "histograms", keys_TB_HISTOGRAMS },
	{ "groups", keys_TB_GROUP_FIELDS },
	{ "phases", keys_TB_PHASE_FIELDS },
	{ "loop-counters", keys_TB_THREAD_COUNTERS },
	{ "restart-counters", keys_TB_RESTART_COUNTERS },
	{ "lwkt-thread-counters", keys_LWKT_THREAD_COUNTERS },
	{ "lwkt-cpu-counters", keys_LWKT_CPU_COUNTERS },
};

int main(int argc, char **argv)
{
	size_t i;

	for (i = 0; argc == 2 && i < COUNT(lists); i++)
		if (!strcmp(argv[1], lists[i].name)) {
			lists[i].print();
			return 0;
		}
	fprintf(stderr, "man-tables: no list '%s'\n", argc == 2 ? argv[1] : "");
	return 2;
}
