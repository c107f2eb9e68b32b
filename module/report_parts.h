/* SPDX-License-Identifier: GPL-2.0 */
/*
 * report_parts.h - the sections of a result that report.c puts together
 */
#ifndef _TB_REPORT_PARTS_H
#define _TB_REPORT_PARTS_H

#include <linux/types.h>

struct tb_hist_sum;
struct tb_run;
struct tb_text;
struct tb_totals;

void tb_text_ppm(struct tb_text *text, const char *key, u64 ppm);
void tb_text_ps(struct tb_text *text, const char *key, u64 ps);
void tb_report_totals(struct tb_text *text, const struct tb_run *run,
		      struct tb_totals *t);
void tb_report_groups(struct tb_text *text, const struct tb_run *run,
		      struct tb_hist_sum *scratch);
void tb_report_phases(struct tb_text *text, const struct tb_run *run,
		      const struct tb_totals *t);

#endif /* _TB_REPORT_PARTS_H */
