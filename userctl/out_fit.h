/* SPDX-License-Identifier: GPL-2.0 */
/* Tables that fit on a page. */
#ifndef _OUT_FIT_H
#define _OUT_FIT_H

#include <libsmartcols.h>
#include <stddef.h>

/**
 * struct out_keys - What the columns of a table are
 * @before: number of columns before the axes
 * @axes: number of axes: their place can be taken by the number of the cell
 * @front: number of columns from the first on that every part of the table has,
 *	   with the axes
 * @back: number of such columns at the end
 */
struct out_keys {
	size_t before;
	size_t axes;
	size_t front;
	size_t back;
};

void out_fit_cell(struct libscols_line *line, double cell);
void out_end_fitted(struct libscols_table *tb, const struct out_keys *keys);

#endif /* _OUT_FIT_H */
