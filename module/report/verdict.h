/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verdict.h - whether the numbers of a run say what they should
 */
#ifndef _TB_VERDICT_H
#define _TB_VERDICT_H

#include "base/text.h"

struct tb_run;
struct tb_sums;

/**
 * struct tb_verdict - ok, unless one of these
 * @reasons: lines "reason TEXT"
 * @failed: the verdict is FAILED
 * @invalid: it is INVALID, unless FAILED
 */
struct tb_verdict {
	struct tb_text reasons;
	bool failed;
	bool invalid;
};

void tb_verdict_find(struct tb_verdict *v, const struct tb_run *run,
		     const struct tb_sums *s);

#endif /* _TB_VERDICT_H */
