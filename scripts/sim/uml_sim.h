/* SPDX-License-Identifier: GPL-2.0 */
/*
 * What the simulated machine of the lab "sim" offers to the kernel that runs on it,
 * to this project's module, and to the compiler's hooks. Copied into the source of
 * User Mode Linux as a header of arch/um. A kernel for sim has CONFIG_UML_SIM.
 *
 * A CPU may stop in each of these functions while others go on. Any context.
 */
#ifndef _UML_SIM_H
#define _UML_SIM_H

#define UML_SIM_READ 0
#define UML_SIM_WRITE 1
#define UML_SIM_RMW 2

/* An access to @size bytes. */
void uml_sim_access(const volatile void *address, unsigned long size, int kind);
/* cpu_relax(). */
void uml_sim_relax(void);
/*
 * The same, at the end of a round of a loop in which each round does the same until
 * another CPU writes what it reads: the rounds between are left out.
 */
void uml_sim_wait(void);
/* Computes for some time. */
void uml_sim_work(unsigned long ns);
/* The way from one thread to another. */
void uml_sim_switch(void);
/* Virtual time. */
long long uml_sim_nsecs(void);

/*
 * Memory costs time between uml_sim_model(1) and uml_sim_model(0), and nothing
 * otherwise, nor does user space ever. Caches are empty at the begin.
 */
void uml_sim_model(int on);
/* The machine with all constants; its seed; the hash of what was compiled. */
const char *uml_sim_machine(void);
unsigned long uml_sim_seed(void);
const char *uml_sim_hash(void);
/* Accesses that were simulated. */
unsigned long uml_sim_accesses(void);
/* What a CPU that stands still runs, in words: the functions on the stack from @sp on. */
void uml_sim_place(int cpu, const void *sp, char *buf, unsigned long size);

#endif /* _UML_SIM_H */
