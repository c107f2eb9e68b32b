/* SPDX-License-Identifier: GPL-2.0 */
/* Strict numbers with units, as typed on the command line. */
#ifndef _NUMARG_H
#define _NUMARG_H

#include <stdbool.h>
#include <stdint.h>

#include "msg.h"

/**
 * struct numarg_spec - What a number may be
 * @unit: the number's own unit: "ns", "us", "ms", "s", or "" for a count
 * @min: smallest value allowed, in @unit
 * @max: largest value allowed, in @unit
 */
struct numarg_spec {
	const char *unit;
	uint64_t min;
	uint64_t max;
};

bool numarg_parse(const char *text, const struct numarg_spec *spec,
		  uint64_t *val, struct msg *m);
bool numarg_percent(const char *text, double min, double max, double *share,
		    struct msg *m);

#endif /* _NUMARG_H */
