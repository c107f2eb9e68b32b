/* SPDX-License-Identifier: GPL-2.0 */
/* Tables of the module: lines of TAB separated fields under a header line. */
#ifndef _TSV_H
#define _TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "msg.h"

/* More columns than any table of the ABI has. */
#define TSV_COLS_MAX 64

/**
 * struct tsv - A table; rows are read one at a time
 * @names: the header's fields
 * @fields: the current row's fields
 * @n: number of columns
 * @line: number of the current line, from 1
 * @rest: text not read yet
 */
struct tsv {
	char *names[TSV_COLS_MAX];
	char *fields[TSV_COLS_MAX];
	size_t n;
	size_t line;
	char *rest;
};

/* Takes the current row; false after an error. */
typedef bool (*tsv_row_fn)(void *to, const struct tsv *t, struct msg *m);

bool tsv_open(struct tsv *t, char *text, struct msg *m);
int tsv_next(struct tsv *t, struct msg *m);
const char *tsv_get(const struct tsv *t, const char *name);
bool tsv_each(char *text, const char *const *needed, tsv_row_fn row, void *to,
	      struct msg *m);

#endif /* _TSV_H */
