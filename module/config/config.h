/* SPDX-License-Identifier: GPL-2.0 */
/*
 * config.h - parameters and knobs: as text for users, as numbers for a run
 *
 * Text in, text out. Whether a run can have them all together: plan.h.
 * No locking: the engine serialises access to its configuration.
 */
#ifndef _TB_CONFIG_H
#define _TB_CONFIG_H

#include <linux/types.h>

#include "lwkt/core/generations.h"
#include "uapi/tokbench.h"

struct tb_text;

/* Room for a cpulist, and for the text of groups and phases. */
#define TB_CPUS_MAX 320
#define TB_SPEC_MAX TB_CPUS_MAX

#define TB_FIELD_LOCK(name) u32 name;
#define TB_FIELD_CPUS(name) char name[TB_CPUS_MAX];
#define TB_FIELD_ORDER(name) u32 name;
#define TB_FIELD_PICK(name) u32 name;
#define TB_FIELD_DIST(name) u32 name;
#define TB_FIELD_GROUPS(name) char name[TB_SPEC_MAX];
#define TB_FIELD_PHASES(name) char name[TB_SPEC_MAX];
#define TB_FIELD_MEASURE(name) u32 name;
#define TB_FIELD_SUBSTRATE(name) u32 name;
#define TB_FIELD_SCHED(name) u32 name;
#define TB_FIELD_FAULT(name) u32 name;
#define TB_FIELD_UINT(name) u64 name;
#define TB_FIELD(name, kind, ...) TB_FIELD_##kind(name)

/**
 * struct tb_config - one value of every parameter (TB_PARAMS)
 * @knobs: of the generation of the lock
 */
struct tb_config {
	TB_PARAMS(TB_FIELD)
	struct lwkt_knobs knobs;
};

#undef TB_FIELD

#define TB_PARAM_ENUM(name, ...) TB_PARAM_##name,
enum { TB_PARAMS(TB_PARAM_ENUM) TB_PARAM_COUNT };
#undef TB_PARAM_ENUM

/* The settings, by number: the parameters, and behind them the knobs. */
#define TB_SETTING_KNOB(knob) (TB_PARAM_COUNT + (knob))
#define TB_SETTING_COUNT TB_SETTING_KNOB(LWKT_KNOB_COUNT)

#define TB_SUBSTRATE_ENUM(word) TB_SUBSTRATE_##word,
enum { TB_SUBSTRATES(TB_SUBSTRATE_ENUM) TB_SUBSTRATE_COUNT };
#undef TB_SUBSTRATE_ENUM

#define TB_SCHED_ENUM(word) TB_SCHED_##word,
enum { TB_SCHEDS(TB_SCHED_ENUM) TB_SCHED_COUNT };
#undef TB_SCHED_ENUM

#define TB_FAULT_ENUM(word) TB_FAULT_##word,
enum { TB_FAULTS(TB_FAULT_ENUM) TB_FAULT_COUNT };
#undef TB_FAULT_ENUM

const char *tb_setting_name(unsigned int setting);
void tb_config_default(struct tb_config *c);
int tb_config_set(struct tb_config *c, unsigned int setting, const char *text,
		  size_t len);
int tb_config_print(const struct tb_config *c, unsigned int setting, char *buf,
		    size_t len);
void tb_params_print(struct tb_text *t);

#endif /* _TB_CONFIG_H */
