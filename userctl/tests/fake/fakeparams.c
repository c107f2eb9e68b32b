// SPDX-License-Identifier: GPL-2.0
/* The fake module's parameters and knobs, and which of its locks has which. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "fakemodel.h"

const struct fake_param fake_params[NR_P] = {
#define X(name, kind, unit, def, min, max, doc) \
	{ #name, #kind, unit, def, min, max, doc },
	TB_PARAMS(X)
#undef X
#define X(name, kind, unit, min, max, doc) \
	{ "token/" #name, #kind, unit, 0, min, max, doc },
		LWKT_KNOBS(X)
#undef X
};

/* The words of a kind, each with its NUL, and one more NUL at the end. */
static const struct {
	const char *kind, *words;
} kinds[] = {
#define X(word) #word "\0"

	{ "ORDER", TB_ORDERS(X) },     { "PICK", TB_PICKS(X) },
	{ "DIST", TB_DISTS(X) },       { "SUBSTRATE", TB_SUBSTRATES(X) },
	{ "MEASURE", TB_MEASURES(X) }, { "SCHED", TB_SCHEDS(X) },
	{ "FAULT", TB_FAULTS(X) },     { "COLLISIONS", LWKT_COLLISIONS(X) },
#undef X
};

/* Locks that have a knob, as "LOCK=DEFAULT " each. */
static const char *const knob_locks[NR_P] = {
	[P_token_spin] = "token-handoff=1000 ",
	[P_token_ipi_max] = "token-ipi=4 ",
	[P_token_ticket_rounds] = "token-ipi=0 ",
	[P_token_handoff_window_us] = "token-handoff=1000 ",
	[P_token_collisions] =
		"token-poll=off token-ipi=off token-handoff=off ",
	[P_token_maxtokens] = "token-poll=32 token-ipi=32 token-handoff=32 ",
	[P_token_pool_size] = "token-poll=0 token-ipi=0 token-handoff=0 ",
};

/* What a knob starts from; "-" if the lock does not have it. */
const char *fake_knob_default(size_t p, const char *lock, char *out)
{
	const char *at = knob_locks[p];
	size_t len = strlen(lock);

	strcpy(out, "-");
	for (; at && *at; at = strchr(at, ' ') + 1)
		if (!strncmp(at, lock, len) && at[len] == '=')
			sscanf(at + len + 1, "%31s", out);
	return out;
}

const char *fake_words(const char *kind)
{
	size_t i;

	for (i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!strcmp(kinds[i].kind, kind))
			return kinds[i].words;
	return NULL;
}

static void put_locks(FILE *f, size_t p)
{
	const char *at = knob_locks[p];
	const char *sep = "";

	fprintf(f, "; locks: %s", at ? "" : "-");
	for (; at && *at; at = strchr(at, ' ') + 1) {
		fprintf(f, "%s%.*s", sep, (int)strcspn(at, "="), at);
		sep = ",";
	}
}

static void put_row(FILE *f, size_t p)
{
	const struct fake_param *param = &fake_params[p];
	const char *w = fake_words(param->kind);
	const char *sep = "";
	char def[24] = "-";

	if (!strcmp(param->kind, "UINT")) {
		if (p < P_FIRST_KNOB)
			snprintf(def, sizeof(def), "%" PRIu64, param->def);
		fprintf(f, "%s\t%s\t%s\t%" PRIu64 "\t%" PRIu64 "\t-",
			param->name, *param->unit ? param->unit : "-", def,
			param->min, param->max);
	} else {
		fprintf(f, "%s\t-\t%s\t-\t-\t%s", param->name,
			w && p < P_FIRST_KNOB ? w : "-", w ? "" : "-");
		for (; w && *w; w += strlen(w) + 1) {
			fprintf(f, "%s%s", sep, w);
			sep = ",";
		}
	}
	fprintf(f, "\t%s", param->doc);
	if (p >= P_FIRST_KNOB)
		put_locks(f, p);
	fputc('\n', f);
}

void fake_put_params(FILE *f)
{
	size_t i;

	fputs("name\tunit\tdefault\tmin\tmax\tallowed\tdoc\n", f);
	for (i = 0; i < NR_P; i++)
		put_row(f, i);
}
