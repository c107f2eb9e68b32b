/* SPDX-License-Identifier: GPL-2.0 */
/*
 * plan.h - what a run is to do: its parameters, and all that follows from them
 *
 * tb_config_check() makes the plan of a configuration. A run copies it, and
 * derives nothing from the parameters a second time.
 */
#ifndef _TB_PLAN_H
#define _TB_PLAN_H

#include <linux/cpumask.h>

#include "config.h"
#include "pure/groups.h"
#include "pure/workload.h"

struct tb_variant;

/**
 * struct tb_plan - what a run is to do
 * @config: the parameters and knobs
 * @variant: the lock
 * @cpus: the CPUs of the run
 * @ncpus: how many
 * @ngroups: groups of threads that differ, 0 if all are alike
 * @groups: which threads belong to them, and their priorities
 * @workload: what the threads of each group ask for; without groups the first
 * one is that of all threads. Only busy times and shared mode can differ.
 * @mixed_modes: shared and exclusive operations may meet
 * @nparts: parts of the window, 0 if it has none
 * @levels: threads per CPU in each of them
 * @slot_shift: size of the slots of time, see slots.h
 * @fair_shift: size of the pieces of short-term fairness, see fair.h; 0: none
 * @maxtokens: token references of one thread
 */
struct tb_plan {
	struct tb_config config;
	const struct tb_variant *variant;
	cpumask_var_t cpus;
	u32 ncpus;
	u32 ngroups;
	struct tb_group groups[TB_GROUPS_MAX];
	struct tb_workload workload[TB_GROUPS_MAX];
	bool mixed_modes;
	u32 nparts;
	u32 levels[TB_PHASES_MAX];
	u32 slot_shift;
	u32 fair_shift;
	u32 maxtokens;
};

struct tb_plan *tb_plan_alloc(void);
void tb_plan_free(struct tb_plan *plan);
int tb_plan_copy(struct tb_plan *to, const struct tb_plan *from);
void tb_plan_derive(struct tb_plan *plan);
int tb_config_check(const struct tb_config *c, struct tb_plan *plan);

#endif /* _TB_PLAN_H */
