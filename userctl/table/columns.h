/* SPDX-License-Identifier: GPL-2.0 */
/* The columns of tables, on a terminal and on a page, and their cells. */
#ifndef _COLUMNS_H
#define _COLUMNS_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/units.h"

#define CELL_MAX 96
#define COLUMNS_MAX 32

/**
 * enum column_when - When does a table have a column?
 * @ALWAYS: always
 * @INTERVALS: there is a row with an interval of its throughput
 * @ALONE: likewise, and no row that is compared to another
 * @COMPARED: there is a row that is compared to another
 * @RANGES: there is no interval, but a row of more than one run
 * @CLOSED: there is a row of a closed loop
 * @GROUPED: there is a row with groups of threads
 * @THERE: there is a row that has the number
 * @HAPPENED: there is a row in which it is not zero
 */
enum column_when {
	ALWAYS,
	INTERVALS,
	ALONE,
	COMPARED,
	RANGES,
	CLOSED,
	GROUPED,
	THERE,
	HAPPENED,
};

/**
 * enum cell_kind - How a cell is made
 * @COUNT: a count or rate, scaled to k, M, G
 * @PER_1000: a count per operation, shown per 1000 of them
 * @RANGE: from min to max of a count, of the object at the key
 * @INTERVAL: from the lower end of an interval, at the key, to its upper end
 * @WIDTH: half the width of such an interval over the median beside it
 * @SHARE: percent
 * @TIME: nanoseconds, scaled to a unit
 * @INDEX: from 0 to 1
 * @NUMBER: a whole number as it is
 * @RATIO: a ratio
 * @RATIO_ENDS: the interval of one, at the key of its lower end
 * @RATIO_FULL: a ratio and its interval
 * @CHANCE: a probability
 * @VERDICT: what can be said of a ratio; nothing where the CPU was emulated
 * @WORD: likewise, without the width of what is no difference
 * @CHANGE: likewise of a comparison, a word at the left
 * @REPEATS: numbers of repeats, at the key of the first
 * @FIT_SHARE: a parameter of a fit in percent, and its interval
 * @FIT_MILLI: likewise, times 1000
 * @FIT_KNEE: likewise, with a '*' where it is beyond what was measured
 */
enum cell_kind {
	COUNT,
	PER_1000,
	RANGE,
	INTERVAL,
	WIDTH,
	SHARE,
	TIME,
	INDEX,
	NUMBER,
	RATIO,
	RATIO_ENDS,
	RATIO_FULL,
	CHANCE,
	VERDICT,
	WORD,
	CHANGE,
	REPEATS,
	FIT_SHARE,
	FIT_MILLI,
	FIT_KNEE,
};

/**
 * struct column - One column
 * @title: its title
 * @when: when it is in the table
 * @times: is it made from a time?
 * @kind: how its cells are made
 * @key: of the row, for @kind and @when
 * @name: as it is asked for; NULL: it cannot be
 * @more: only there if asked for
 * @unit: of all its cells; NULL: each cell has its own
 */
struct column {
	const char *title;
	enum column_when when;
	bool times;
	enum cell_kind kind;
	const char *key;
	const char *name;
	bool more;
	const struct unit *unit;
};

/**
 * struct columns - The columns of a table
 * @c: the columns
 * @n: their number
 */
struct columns {
	const struct column *c;
	size_t n;
};

/* columns.c: on a terminal */
extern const struct columns columns_summary, columns_groups, columns_fits,
	columns_rates, columns_times;
/* on both */
extern const struct columns columns_ledger;
/* on a page */
extern const struct columns columns_speed, columns_waits, columns_fair,
	columns_cpu;

/* cells.c */
bool cell_text(struct json_object *row, const struct column *c, char *out);
void cell_unit(struct json_object *rows, struct column *c);
bool cell_is_beyond(struct json_object *row);
bool cell_fit(struct json_object *row, const char *key, double times,
	      const char *unit, char *out);

#endif /* _COLUMNS_H */
