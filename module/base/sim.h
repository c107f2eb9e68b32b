/* SPDX-License-Identifier: GPL-2.0 */
/*
 * sim.h - the simulated machine, where the kernel runs on one
 *
 * The kernel of the lab "sim" has CONFIG_UML_SIM; for every other one the functions
 * here are empty. User space and the set-up of a run take no time there; a run, and what
 * is measured before it, stand between tb_sim_begin() and tb_sim_end().
 *
 * A leaf. Any context.
 */
#ifndef _TB_SIM_H
#define _TB_SIM_H

#include <linux/types.h>

#ifdef CONFIG_UML_SIM

#include <uml_sim.h>

#define TB_SIM 1

#else

#define TB_SIM 0

static inline void uml_sim_wait(void)
{
}

static inline void uml_sim_work(unsigned long ns)
{
}

static inline void uml_sim_model(int on)
{
}

static inline long long uml_sim_nsecs(void)
{
	return 0;
}

static inline const char *uml_sim_machine(void)
{
	return "";
}

static inline unsigned long uml_sim_seed(void)
{
	return 0;
}

static inline const char *uml_sim_hash(void)
{
	return "";
}

#endif

/**
 * tb_sim_begin() - from here on memory takes time
 */
static inline void tb_sim_begin(void)
{
	if (TB_SIM)
		uml_sim_model(1);
}

/**
 * tb_sim_end() - and from here on no longer
 */
static inline void tb_sim_end(void)
{
	if (TB_SIM)
		uml_sim_model(0);
}

#endif /* _TB_SIM_H */
