// SPDX-License-Identifier: GPL-2.0
/*
 * schema-keys.c - the keys that the lists of module/uapi give to a result
 *
 * One line each: the definition of tokctl.schema.json that it belongs to, its
 * name, and how a JSON Schema describes it, separated by TABs. Called by
 * scripts/schema-keys.
 */
#include <stdio.h>
#include <string.h>

#include "uapi/tokbench.h"

#define WORD(word) ", \"" #word "\""
#define WORDS(list) ("" list(WORD))

/* Words of each kind of parameter, as the rest of an array; no words: "". */
#define LOCK ""
#define CPUS ""
#define GROUPS ""
#define PHASES ""
#define ORDER WORDS(TB_ORDERS)
#define PICK WORDS(TB_PICKS)
#define DIST WORDS(TB_DISTS)
#define SUBSTRATE WORDS(TB_SUBSTRATES)
#define MEASURE WORDS(TB_MEASURES)
#define SCHED WORDS(TB_SCHEDS)
#define FAULT WORDS(TB_FAULTS)
#define COLLISIONS WORDS(LWKT_COLLISIONS)
#define UINT NULL

static void text(const char *doc, const char *more)
{
	printf("\"description\": \"");
	for (; *doc; doc++)
		printf(strchr("\"\\", *doc) ? "\\%c" : "%c", *doc);
	printf("%s\"", more);
}

/* Units that the name says, in words. */
static const char *unit_of(const char *name)
{
	static const struct {
		const char *end, *words;
	} units[] = {
		{ "_ns", " (nanoseconds)" },
		{ "_us", " (microseconds)" },
		{ "_ms", " (milliseconds)" },
	};
	size_t i, len = strlen(name);

	for (i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (len > 3 && !strcmp(name + len - 3, units[i].end))
			return units[i].words;
	return "";
}

static void setting(const char *where, const char *name, const char *words,
		    unsigned long long min, unsigned long long max,
		    const char *doc)
{
	printf("%s\t%s\t{", where, name);
	if (!words)
		printf("\"type\": \"integer\", \"minimum\": %llu, \"maximum\": %llu, ",
		       min, max);
	else
		printf("\"type\": \"string\", ");
	text(doc, unit_of(name));
	if (words && *words)
		printf(", \"enum\": [%s]", words + 2);
	printf("}\n");
}

static void number(const char *where, const char *name, const char *doc)
{
	printf("%s\t%s\t{\"type\": \"number\", \"minimum\": 0, ", where, name);
	text(doc, unit_of(name));
	printf("}\n");
}

#define PARAM(name, kind, unit, def, min, max, doc) \
	setting("params", #name, kind, min, max, doc);
#define KNOB(name, kind, unit, min, max, doc) \
	setting("token", #name, kind, min, max, doc);
#define CERTIFICATE(name, doc) number("certificate", #name, doc);
#define TOTAL(name, doc) number("totals", #name, doc);
#define COUNTER(name, how, doc)       \
	number("totals", #name, doc); \
	number("thread", #name, doc);
#define CPU_COUNTER(name, how, doc) number("totals", #name, doc);
#define GROUP(name, doc) number("group", #name, doc);
#define PHASE(name, doc) number("phase", #name, doc);

int main(void)
{
	TB_PARAMS(PARAM)
	LWKT_KNOBS(KNOB)
	TB_CERTIFICATE(CERTIFICATE)
	TB_TOTALS(TOTAL)
	TB_THREAD_COUNTERS(COUNTER)
	TB_RESTART_COUNTERS(COUNTER)
	LWKT_THREAD_COUNTERS(COUNTER)
	LWKT_CPU_COUNTERS(CPU_COUNTER)
	TB_GROUP_FIELDS(GROUP)
	TB_PHASE_FIELDS(PHASE)
	return 0;
}
