/* SPDX-License-Identifier: GPL-2.0 */
/* Runs that are far from all others. */
#ifndef _OUTLIERS_H
#define _OUTLIERS_H

#include <stdbool.h>
#include <stddef.h>

size_t outliers_find(const double *values, size_t n, bool *far);

#endif /* _OUTLIERS_H */
