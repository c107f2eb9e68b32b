/* SPDX-License-Identifier: GPL-2.0 */
/* Numbers for people: scaled to a unit, three digits that matter. */
#ifndef _UNITS_H
#define _UNITS_H

#define UNITS_MAX 32

const char *units_ns(char out[UNITS_MAX], double ns);
const char *units_count(char out[UNITS_MAX], double count);
const char *units_percent(char out[UNITS_MAX], double share);
const char *units_duration(char out[UNITS_MAX], double seconds);

#endif /* _UNITS_H */
