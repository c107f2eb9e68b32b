/* SPDX-License-Identifier: GPL-2.0 */
/* Proofs that the checkers work on this machine. */
#ifndef _VERIFY_H
#define _VERIFY_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#include "kernel/dbgfs.h"
#include "kernel/variants.h"
#include "progress.h"
#include "stats/ratio.h"

/* Runs of each side in a set of the comparison of a lock with itself. */
#define VERIFY_ROUNDS 10

/* So many sets in a row must show the same difference. */
#define VERIFY_SETS 3

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

/**
 * struct verify_aa - Sets of runs of one lock that are said to be of two
 * @sets: what each has shown
 * @n: number of sets
 * @last: the comparison of the last
 * @good: good runs of both sides in the last
 * @any_good: some run was good
 * @meaningless: the times mean nothing
 */
struct verify_aa {
	enum ratio_verdict sets[VERIFY_SETS];
	size_t n;
	struct ratio last;
	size_t good[2];
	bool any_good;
	bool meaningless;
};

void verify_aa_add(struct verify_aa *aa, struct json_object *const *a,
		   struct json_object *const *b, size_t n);
bool verify_aa_again(const struct verify_aa *aa);
void verify_aa_judge(const struct verify_aa *aa, struct json_object *list);

void verify_add(struct json_object *list, const char *what,
		const char *expected, const char *got, const char *proven);

#endif /* _VERIFY_H */
