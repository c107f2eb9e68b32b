/* SPDX-License-Identifier: GPL-2.0 */
/* What of a sweep the module will run. */
#ifndef _JUDGE_H
#define _JUDGE_H

#include "dbgfs.h"
#include "sweep.h"

int judge_sweep(struct sweep *sw, const struct dbgfs *d);

#endif /* _JUDGE_H */
