/* SPDX-License-Identifier: GPL-2.0 */
/*
 * values.h - the values of a result, section by section
 *
 * Computed once, out of the sums (collect.h), by the file that has the name of
 * the section; report.c prints them.
 */
#ifndef _TB_VALUES_H
#define _TB_VALUES_H

#include "run/worker.h"
#include "uapi/tokbench.h"
#include "value.h"

struct tb_run;
struct tb_sums;

/* Room for the words of the certificate that are made up. */
#define TB_DEBUG_MAX 128

/* Each has the members of its list. */
struct tb_certificate_values {
	TB_CERTIFICATE(TB_VALUE_FIELD)
};

struct tb_counter_values {
	TB_THREAD_COUNTERS(TB_VALUE_FIELD)
};

struct tb_total_values {
	TB_TOTALS(TB_VALUE_FIELD)
};

struct tb_group_values {
	TB_GROUP_FIELDS(TB_VALUE_FIELD)
};

struct tb_phase_values {
	TB_PHASE_FIELDS(TB_VALUE_FIELD)
};

struct tb_latency_values {
	TB_LATENCY_STATS(TB_VALUE_FIELD)
};

/**
 * struct tb_values - what a result says of a run
 * @certificate: certificate.*
 * @debug: of certificate.debug
 * @counters: totals.*, of the counters of the loop
 * @totals: and the other ones that every lock can have
 * @groups: groups.N.*
 * @phases: phases.N.*
 * @latency: latency.HIST.*
 */
struct tb_values {
	struct tb_certificate_values certificate;
	char debug[TB_DEBUG_MAX];
	struct tb_counter_values counters;
	struct tb_total_values totals;
	struct tb_group_values groups[TB_GROUPS_MAX];
	struct tb_phase_values phases[TB_PHASES_MAX];
	struct tb_latency_values latency[TB_HIST_COUNT];
};

void tb_values_certificate(struct tb_values *v, const struct tb_run *run,
			   const struct tb_sums *s);
void tb_values_totals(struct tb_values *v, const struct tb_run *run,
		      const struct tb_sums *s);
void tb_values_groups(struct tb_values *v, const struct tb_run *run,
		      const struct tb_sums *s);
void tb_values_phases(struct tb_values *v, const struct tb_run *run,
		      const struct tb_sums *s);
void tb_values_latency(struct tb_values *v, const struct tb_run *run,
		       const struct tb_sums *s);

#endif /* _TB_VALUES_H */
