/* SPDX-License-Identifier: GPL-2.0 */
/* Proofs that the checkers work on this machine. */
#ifndef _VERIFY_H
#define _VERIFY_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#include "dbgfs.h"
#include "progress.h"
#include "variants.h"

/* Runs of each side of the comparison of a lock with itself. */
#define VERIFY_ROUNDS 10

/* Names a result gives its own runs; the value a run of a proof must have. */
#define VERIFY_FAULT "fault"

/**
 * struct verify - What proofs are made with
 * @d: open module that this process owns
 * @vs: its locks
 * @offers: text of its file parameters
 * @cpus: number of CPUs that a run has
 * @duration_ms: window of a run
 * @p: progress
 * @list: receives an object per proof
 */
struct verify {
	const struct dbgfs *d;
	const struct variants *vs;
	const char *offers;
	uint64_t duration_ms;
	unsigned int cpus;
	struct progress p;
	struct json_object *list;
};

int verify_all(struct verify *v, bool quiet);
bool verify_proven(struct json_object *list);

/* verify_aa.c */
void verify_judge_aa(struct json_object *list, struct json_object *const *a,
		     struct json_object *const *b, size_t n);

void verify_add(struct json_object *list, const char *what,
		const char *expected, const char *got, const char *proven);

#endif /* _VERIFY_H */
