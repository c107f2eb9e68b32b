/* SPDX-License-Identifier: GPL-2.0 */
/*
 * report.h - the immutable result of a run, as text
 */
#ifndef _TB_REPORT_H
#define _TB_REPORT_H

#include <linux/kref.h>

#include "base/text.h"

struct tb_run;

enum tb_result_file { TB_SUMMARY, TB_THREADS, TB_HISTOGRAM, TB_RESULT_FILES };

/**
 * struct tb_result - what is left of a run: never changes
 * @ref: the engine's and each open file's
 * @text: the files below results/
 * @failed: the verdict is FAILED
 */
struct tb_result {
	struct kref ref;
	struct tb_text text[TB_RESULT_FILES];
	bool failed;
};

struct tb_result *tb_result_make(struct tb_run *run);
void tb_result_put(struct tb_result *result);

#endif /* _TB_REPORT_H */
