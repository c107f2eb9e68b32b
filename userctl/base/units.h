/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers for people: scaled to a unit, three digits that matter. */
#ifndef _UNITS_H
#define _UNITS_H

#include <stdbool.h>

#define UNITS_MAX 32

/**
 * struct unit - One for several numbers
 * @of: so much is one
 * @suffix: of a count: stands behind the number; of a time: its name
 */
struct unit {
	double of;
	const char *suffix;
};

const struct unit *units_common(bool time, double least, double most);
const char *units_in(char out[UNITS_MAX], double v, const struct unit *unit);

const char *units_ns(char out[UNITS_MAX], double ns);
const char *units_count(char out[UNITS_MAX], double count);
const char *units_percent(char out[UNITS_MAX], double share);
const char *units_duration(char out[UNITS_MAX], double seconds);

#endif /* _UNITS_H */
