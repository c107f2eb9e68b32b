/* SPDX-License-Identifier: GPL-2.0 */
/* What the certificate judges in a run. */
#ifndef _CHECKS_LINES_H
#define _CHECKS_LINES_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "checks.h"

/**
 * struct line - One line about runs
 * @name: its name
 * @get: gives value and limit of a run; false: the run has no such value
 * @key: for @get
 * @least: values below the limit are bad, not above
 * @timed: says nothing where the CPU was emulated
 * @verdict: of a bad value
 * @why: the reason
 * @todo: what to do about it
 */
struct line {
	const char *name;
	bool (*get)(struct json_object *run, const char *key, double *v,
		    double *limit);
	const char *key;
	bool least;
	bool timed;
	enum check_verdict verdict;
	const char *why;
	const char *todo;
};

extern const struct line checks_lines[];
extern const size_t checks_nr_lines;

#endif /* _CHECKS_LINES_H */
