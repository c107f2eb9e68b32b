/* SPDX-License-Identifier: GPL-2.0 */
/*
 * smp_cond_load_*() of the lab "sim": the loop of asm-generic, with its rounds
 * declared to the simulated machine. Included before asm-generic/barrier.h.
 */
#ifndef __ASM_UM_BARRIER_WAIT_H
#define __ASM_UM_BARRIER_WAIT_H

#include <uml_sim.h>

#define smp_cond_load_relaxed(ptr, cond_expr)                \
	({                                                   \
		typeof(ptr) __PTR = (ptr);                   \
		__unqual_scalar_typeof(*ptr) VAL;            \
                                                             \
		for (;;) {                                   \
			VAL = READ_ONCE(*__PTR);             \
			if (cond_expr)                       \
				break;                       \
			uml_sim_wait();                      \
		}                                            \
		(typeof(*ptr))VAL;                           \
	})

#endif /* __ASM_UM_BARRIER_WAIT_H */
