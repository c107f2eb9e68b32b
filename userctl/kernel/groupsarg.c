// SPDX-License-Identifier: GPL-2.0
/*
 * Groups of threads and parts of a window, as typed. The module takes plain
 * numbers only, so the units come off here; and what no run can have is found
 * here as well, where the piece that is wrong can be named. Pure.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/numarg.h"
#include "base/xalloc.h"
#include "groupsarg.h"
#include "params.h"

#define NICE_MIN (-20)
#define NICE_MAX 19

#define NUMBER_MAX 24

/* Brings the value of a setting to the module's form. */
typedef bool (*value_fn)(char out[NUMBER_MAX], const char *text,
			 enum param_id id, struct msg *m);

static bool number_in(char out[NUMBER_MAX], const char *text,
		      const struct numarg_spec *spec, struct msg *m)
{
	uint64_t v;

	if (!numarg_parse(text, spec, &v, m))
		return false;
	snprintf(out, NUMBER_MAX, "%" PRIu64, v);
	return true;
}

static bool like_param(char out[NUMBER_MAX], const char *text, enum param_id id,
		       struct msg *m)
{
	const struct param *p = &params[id];
	const struct numarg_spec spec = { p->unit, p->min, p->max };

	return number_in(out, text, &spec, m);
}

static bool threads(char out[NUMBER_MAX], const char *text, enum param_id id,
		    struct msg *m)
{
	static const struct numarg_spec spec = { "", 1, TB_THREADS_MAX };

	(void)id;
	return number_in(out, text, &spec, m);
}

static bool nice_level(char out[NUMBER_MAX], const char *text, enum param_id id,
		       struct msg *m)
{
	char quoted[MSG_QUOTE_MAX];
	char *end;
	long v;

	(void)id;
	errno = 0;
	v = strtol(text, &end, 10);
	if (!errno && !*end && text[strspn(text, "-0123456789")] == '\0' &&
	    end != text && v >= NICE_MIN && v <= NICE_MAX) {
		snprintf(out, NUMBER_MAX, "%ld", v);
		return true;
	}
	msg_set(m, "%s is not a nice level; allowed: %d to %d",
		msg_quote(quoted, text), NICE_MIN, NICE_MAX);
	return false;
}

static const struct setting {
	const char *name;
	value_fn value;
	enum param_id id; /* for like_param() */
} settings[] = {
	{ "threads", threads, 0 },
	{ "hold_ns", like_param, PARAM_hold_ns },
	{ "think_ns", like_param, PARAM_think_ns },
	{ "shared_pct", like_param, PARAM_shared_pct },
	{ "nice", nice_level, 0 },
};

#define NR_SETTINGS (sizeof(settings) / sizeof(settings[0]))

/* A time is typed with its unit, so its name needs none: hold, hold_ns. */
static const struct setting *find_setting(const char *name, size_t len)
{
	size_t i;

	for (i = 0; i < NR_SETTINGS; i++) {
		const char *own = settings[i].name;

		if (!strncmp(own, name, len) &&
		    (!own[len] || !strcmp(own + len, "_ns")))
			return &settings[i];
	}
	return NULL;
}

/* One "NAME=NUMBER"; @seen has a bit for each that this group had before. */
static bool add_setting(FILE *to, const char *piece, size_t group,
			unsigned int *seen, struct msg *m)
{
	size_t len = strcspn(piece, "=");
	const struct setting *s = find_setting(piece, len);
	char quoted[MSG_QUOTE_MAX];
	char number[NUMBER_MAX];
	struct msg why;

	msg_quote(quoted, piece);
	if (!s || !piece[len]) {
		msg_set(m,
			"%s in group %zu is not a setting; allowed: NAME=NUMBER with the name "
			"threads, hold, think, shared_pct or nice, several separated by ':'",
			quoted, group);
		return false;
	}
	if (*seen & 1U << (s - settings)) {
		msg_set(m,
			"%s in group %zu: %s is there twice; allowed: once in a group",
			quoted, group, s->name);
		return false;
	}
	if (!s->value(number, piece + len + 1, s->id, &why)) {
		msg_set(m, "%s in group %zu: %s", quoted, group, why.text);
		return false;
	}
	fprintf(to, "%s%s=%s", *seen ? ":" : "", s->name, number);
	*seen |= 1U << (s - settings);
	return true;
}

static bool add_group(FILE *to, char *text, size_t nr, struct msg *m)
{
	unsigned int seen = 0;
	char *piece;

	while ((piece = strsep(&text, ":")))
		if (!add_setting(to, piece, nr, &seen, m))
			return false;
	return true;
}

static bool add_phase(FILE *to, char *text, size_t nr, struct msg *m)
{
	char number[NUMBER_MAX];
	char quoted[MSG_QUOTE_MAX];
	struct msg why;

	/* A part has what threads_per_cpu may be, and the run no more than it has. */
	if (!like_param(number, text, PARAM_threads_per_cpu, &why)) {
		msg_set(m, "%s as part %zu: %s", msg_quote(quoted, text), nr,
			why.text);
		return false;
	}
	fputs(number, to);
	return true;
}

/* All pieces between the '/'; the empty text has none. */
static char *parse(const char *text, const char *what, size_t most,
		   bool (*add)(FILE *to, char *text, size_t nr, struct msg *m),
		   struct msg *m)
{
	char *copy = xstrdup(text);
	char *rest = *text ? copy : NULL;
	char quoted[MSG_QUOTE_MAX];
	char *out = NULL;
	size_t len = 0;
	size_t n = 0;
	bool ok = true;
	char *piece;
	FILE *f;

	f = xmemstream(&out, &len);
	while (ok && (piece = strsep(&rest, "/"))) {
		if (n++)
			fputc('/', f);
		if (n <= most)
			ok = add(f, piece, n, m);
	}
	if (ok && *text && (n < 2 || n > most)) {
		msg_set(m, "%s has %zu %s; allowed: 2 to %zu, separated by '/'",
			msg_quote(quoted, text), n, what, most);
		ok = false;
	}
	xmemclose(f);
	free(copy);
	if (ok)
		return out;
	free(out);
	return NULL;
}

/**
 * groupsarg_parse() - Check groups of threads and take off their units
 * @text: groups as typed, like "hold=10us/hold=1us:threads=3"; may be
 *	  empty: no groups
 * @m: receives the reason on error: quotes the piece, says what is allowed
 *
 * Return: the text as written to config/groups, to be freed; NULL on error.
 */
char *groupsarg_parse(const char *text, struct msg *m)
{
	return parse(text, "groups", TB_GROUPS_MAX, add_group, m);
}

/**
 * groupsarg_parse_phases() - Check the parts of a window
 * @text: threads per CPU of each part as typed, like "1/4/16/4/1"; may be
 *	  empty: no parts
 * @m: receives the reason on error: quotes the piece, says what is allowed
 *
 * Return: the text as written to config/phases, to be freed; NULL on error.
 */
char *groupsarg_parse_phases(const char *text, struct msg *m)
{
	return parse(text, "parts", TB_PHASES_MAX, add_phase, m);
}
