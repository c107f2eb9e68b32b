// SPDX-License-Identifier: GPL-2.0
/*
 * Which keys a result can have. A lock leaves out what it cannot produce, so
 * a missing key alone does not tell a typing error from a lock without such
 * a counter; this list does. Pure.
 */
#include <ctype.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keys.h"
#include "params.h"

static const char *const top[] = {
	"state",  "run",    "lock",	   "verdict", "reasons",
	"flags",  "params", "certificate", "totals",  "latency",
	"groups", "phases", "threads",	   NULL,
};

#define X(name, ...) #name,
static const char *const certificate[] = { TB_CERTIFICATE(X) NULL };
static const char *const totals[] = { TB_TOTALS(X) NULL };
static const char *const counters[] = { TB_THREAD_COUNTERS(X) NULL };
static const char *const restarts[] = { TB_RESTART_COUNTERS(X) NULL };
static const char *const lwkt_threads[] = { LWKT_THREAD_COUNTERS(X) NULL };
static const char *const lwkt_cpus[] = { LWKT_CPU_COUNTERS(X) NULL };
static const char *const group_fields[] = { TB_GROUP_FIELDS(X) NULL };
static const char *const phase_fields[] = { TB_PHASE_FIELDS(X) NULL };
static const char *const histograms[] = { TB_HISTOGRAMS(X) NULL };
static const char *const param_names[] = { TB_PARAMS(X) "token", NULL };
static const char *const knob_names[] = { LWKT_KNOBS(X) NULL };
static const char *const latency_stats[] = { TB_LATENCY_STATS(X) "buckets",
					     NULL };
#undef X

/* Sections within totals. */
static const char *const nested[] = { "fail_index", NULL };

/* Keys that are names, even where the name looks like a number ("6.1"). */
static const char *const text_keys[] = {
	"lock",
	"flags",
	"verdict",
	"reason",
	"certificate.clock",
	"certificate.kernel",
	"certificate.debug",
	"certificate.times",
	"certificate.hypervisor",
	"role",
	"certificate.preempt",
	"certificate.set_order",
	"certificate.stream_digest",
	NULL,
};

static bool in_list(const char *const *list, const char *name, size_t len)
{
	for (; *list; list++)
		if (strlen(*list) == len && !strncmp(*list, name, len))
			return true;
	return false;
}

/* "2.ops", or the number alone. */
static bool in_numbered(const char *const *fields, size_t most,
			const char *rest)
{
	char *end;
	size_t n = strtoul(rest, &end, 10);

	if (!isdigit((unsigned char)*rest) || !n || n > most)
		return false;
	return !*end ||
	       (*end == '.' && in_list(fields, end + 1, strlen(end + 1)));
}

static bool in_totals(const char *rest, size_t len)
{
	return in_list(totals, rest, len) || in_list(counters, rest, len) ||
	       in_list(restarts, rest, len) ||
	       in_list(lwkt_threads, rest, len) ||
	       in_list(lwkt_cpus, rest, len) || in_list(nested, rest, len);
}

static bool in_section(const char *section, const char *rest)
{
	size_t len = strcspn(rest, ".");

	if (!strcmp(section, "latency")) {
		if (!in_list(histograms, rest, len))
			return false;
		return !rest[len] || in_list(latency_stats, rest + len + 1,
					     strlen(rest + len + 1));
	}
	if (!strcmp(section, "groups"))
		return in_numbered(group_fields, TB_GROUPS_MAX, rest);
	if (!strcmp(section, "phases"))
		return in_numbered(phase_fields, TB_PHASES_MAX, rest);
	if (!strcmp(section, "params") && !strncmp(rest, "token.", 6))
		return in_list(knob_names, rest + 6, strlen(rest + 6));
	if (rest[len])
		return false;
	if (!strcmp(section, "params"))
		return in_list(param_names, rest, len);
	if (!strcmp(section, "certificate"))
		return in_list(certificate, rest, len);
	return !strcmp(section, "totals") && in_totals(rest, len);
}

/**
 * keys_known() - Can a result have this key?
 * @key: dotted key, or the name of a section
 */
bool keys_known(const char *key)
{
	char section[32];
	size_t len = strcspn(key, ".");

	if (!in_list(top, key, len))
		return false;
	if (!key[len])
		return true;
	snprintf(section, sizeof(section), "%.*s", (int)len, key);
	return in_section(section, key + len + 1);
}

/**
 * keys_is_text() - Is the value of this key text, whatever it looks like?
 * @key: dotted key of the file summary, or a column of the file threads
 */
bool keys_is_text(const char *key)
{
	size_t i;

	if (in_list(text_keys, key, strlen(key)))
		return true;
	if (strncmp(key, "params.", strlen("params.")))
		return false;
	for (i = 0; i < NR_PARAMS; i++)
		if (!strcmp(params[i].name, key + strlen("params.")))
			return params_is_text(params[i].kind);
	return false;
}
