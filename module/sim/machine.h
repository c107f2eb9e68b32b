/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The constants of a simulated machine: what an access, a miss, an interrupt and
 * a wake-up cost, and which CPUs are near each other.
 *
 * CPUs are numbered so that neighbours are near: the threads of a core follow
 * each other, then the cores of a complex (a die, or what shares a last-level
 * cache), then the complexes of a socket.
 */
#ifndef _SIM_MACHINE_H
#define _SIM_MACHINE_H

#include "pure/pure.h"

/* As many CPUs as the kernel of the lab is built for. */
#define SIM_CPUS 512

/*
 * The costs, in picoseconds. A user writes them with a unit: "near=23ns".
 *
 * hit: an access to a line that this CPU has, and the instructions around it
 * rmw: what an atomic read-modify-write costs on top
 * relax: PAUSE, or what the processor has in its place
 * clock: reading the clock
 * sibling, near, socket, far: the way of a line from the other thread of the core, of
 *	one from the same complex, from the same socket, from another socket; also that
 *	of a writer's message to those that have a copy, and back
 * memory: no cache has the line
 * serve: how long a line is busy with each reader that it is sent to
 * invalidate: for each copy that a writer has to call back
 * ipi_send: what sending an interrupt costs the sender
 * ipi: from there to the handler
 * wake: an idle CPU goes on
 * switch: on top of the accesses of Linux's switch from thread to thread
 */
#define SIM_COSTS(X)  \
	X(hit)        \
	X(rmw)        \
	X(relax)      \
	X(clock)      \
	X(sibling)    \
	X(near)       \
	X(socket)     \
	X(far)        \
	X(memory)     \
	X(serve)      \
	X(invalidate) \
	X(ipi_send)   \
	X(ipi)        \
	X(wake)       \
	X(switch)

/* How many CPUs make a core, a complex, a socket: counts. */
#define SIM_SIZES(X)    \
	X(core_cpus)    \
	X(complex_cpus) \
	X(socket_cpus)

/* The largest cost: a second, so that no sum of costs is near 2^64. */
#define SIM_COST_MAX 1000000000000ULL

/* In the text of an error, a terminator included. */
#define SIM_ERROR_MAX 256

/**
 * struct sim_machine - a machine
 * @name: as typed
 * @source: where the constants are from
 * @jitter: a miss and a PAUSE outside of a declared wait take up to so many
 *	percent longer, drawn for each; 0 to 100
 *
 * The other members are those of SIM_SIZES (CPUs; each divides the next) and
 * SIM_COSTS (picoseconds, 0 to SIM_COST_MAX; hit and relax are at least 1).
 */
struct sim_machine {
	const char *name, *source;
	u64 jitter;
	/* private: described above */
#define SIM_MEMBER(name) u64 name##_;
	SIM_COSTS(SIM_MEMBER)
	SIM_SIZES(SIM_MEMBER)
#undef SIM_MEMBER
};

/**
 * sim_machine_at() - the machines that are known
 * @i: from 0
 *
 * Return: the machine, or NULL behind the last one. Any context.
 */
const struct sim_machine *sim_machine_at(u32 i);

/**
 * sim_machine_choose() - a machine out of a text
 * @m: gets the machine; undefined on error
 * @text: "NAME" or "NAME,KEY=VALUE,...", terminated
 * @error: gets, on error, one line: the input and what is allowed
 *
 * Return: 0, -ENOENT for an unknown name, or what sim_machine_set() returns. Any
 * context.
 */
int sim_machine_choose(struct sim_machine *m, const char *text,
		       char error[SIM_ERROR_MAX]);

/**
 * sim_machine_set() - constants out of a text
 * @m: the machine that they are set in; undefined on error
 * @text: any number of ",KEY=VALUE", terminated; a VALUE of SIM_COSTS has the unit
 *	ps, ns or us, that of SIM_SIZES and "jitter" has none
 * @error: gets, on error, one line: the input and what is allowed
 *
 * Return: 0, -ENOENT for an unknown key, -EINVAL for a value, -ERANGE for one outside
 * of what is allowed, also where sizes do not divide, or a constant that may not be 0
 * has not been set. Any context.
 */
int sim_machine_set(struct sim_machine *m, const char *text,
		    char error[SIM_ERROR_MAX]);

/**
 * sim_machine_print() - a machine as a text that sim_machine_choose() reads
 * @m: the machine
 * @buf: gets the text, with every constant
 * @len: its size, 512 suffices
 *
 * Return: length of the text. Any context.
 */
int sim_machine_print(const struct sim_machine *m, char *buf, size_t len);

/**
 * sim_machine_distance() - what it takes to get a line from another CPU
 * @m: the machine
 * @a: a CPU
 * @b: another one, or @a itself
 *
 * Return: picoseconds. Any context.
 */
static inline u64 sim_machine_distance(const struct sim_machine *m, u32 a,
				       u32 b)
{
	if (a / m->core_cpus_ == b / m->core_cpus_)
		return m->sibling_;
	if (a / m->complex_cpus_ == b / m->complex_cpus_)
		return m->near_;
	return a / m->socket_cpus_ == b / m->socket_cpus_ ? m->socket_ :
							    m->far_;
}

#endif /* _SIM_MACHINE_H */
