/* SPDX-License-Identifier: GPL-2.0 */
/*
 * So much of the kernel as the module's settings stand on, for a program that
 * has no kernel. Every <linux/NAME.h> they include is this file; the pure
 * files bring the rest with them (pure.h).
 */
#ifndef _SHIM_H
#define _SHIM_H

#include <limits.h>

#include "pure/pure.h"

#define GFP_KERNEL 0
#define NSEC_PER_MSEC 1000000L
#define EXPORT_SYMBOL_GPL(symbol) extern int shim_exported
#define NSEC_PER_SEC 1000000000L
#define __printf(fmt, args) __attribute__((format(printf, fmt, args)))
#define __aligned(n) __attribute__((aligned(n)))
#define BIT(n) (1UL << (n))
#define READ_ONCE(x) (x)
#define max_t(type, a, b) max((type)(a), (type)(b))
#define max3(a, b, c) max(max(a, b), c)

/* Only there to be members of structures that nobody makes. */
#define atomic_t int

typedef short s16;
typedef int s32;
typedef long long s64;

struct list_head {
	struct list_head *next;
};

struct llist_node {
	struct llist_node *next;
};

typedef s64 ktime_t;

struct hrtimer {
	u64 expires;
};

struct completion {
	u32 done;
};

struct mutex {
	int taken;
};

#define DEFINE_MUTEX(name) struct mutex name

static inline void mutex_lock(struct mutex *m)
{
	assert(!m->taken++);
}

static inline void mutex_unlock(struct mutex *m)
{
	assert(!--m->taken);
}

#define kmalloc(size, gfp) malloc(size)
#define kvmalloc(size, gfp) malloc(size)
#define kzalloc(size, gfp) calloc(1, size)
#define kfree(p) free(p)
#define kvfree(p) free(p)

static inline u64 div_u64(u64 dividend, u32 divisor)
{
	return dividend / divisor;
}

static inline int vscnprintf(char *buf, size_t size, const char *fmt,
			     va_list args)
{
	int n = vsnprintf(buf, size, fmt, args);

	if (n < 0 || !size)
		return 0;
	return (size_t)n < size ? n : (int)size - 1;
}

static inline void strscpy(char *to, const char *from, size_t size)
{
	assert(strlen(from) < size);
	strcpy(to, from);
}

/* CPUs; all there are, are online. */
#define SHIM_CPUS_MAX 8192

struct cpumask {
	u8 has[SHIM_CPUS_MAX];
};

#define cpumask_var_t struct cpumask *

extern u32 nr_cpu_ids;
extern struct cpumask shim_online;

#define cpu_online_mask (&shim_online)
#define num_online_cpus() nr_cpu_ids
/* "%*pbl" prints a width and an address here. */
#define cpumask_pr_args(mask) 1, (const void *)(mask)

static inline bool alloc_cpumask_var(struct cpumask **mask, int gfp)
{
	(void)gfp;
	*mask = malloc(sizeof(**mask));
	return *mask;
}

static inline bool zalloc_cpumask_var(struct cpumask **mask, int gfp)
{
	(void)gfp;
	*mask = calloc(1, sizeof(**mask));
	return *mask;
}

static inline void free_cpumask_var(struct cpumask *mask)
{
	free(mask);
}

void shim_set_cpus(u32 n);
int cpulist_parse(const char *text, struct cpumask *mask);
u32 cpumask_weight(const struct cpumask *mask);
u32 cpumask_first(const struct cpumask *mask);
void cpumask_andnot(struct cpumask *to, const struct cpumask *a,
		    const struct cpumask *b);
bool cpumask_subset(const struct cpumask *a, const struct cpumask *b);

static inline bool cpumask_empty(const struct cpumask *mask)
{
	return !cpumask_weight(mask);
}

static inline void cpumask_copy(struct cpumask *to, const struct cpumask *from)
{
	*to = *from;
}

static inline void cpumask_clear_cpu(u32 cpu, struct cpumask *mask)
{
	mask->has[cpu] = 0;
}

static inline bool cpumask_equal(const struct cpumask *a,
				 const struct cpumask *b)
{
	return !memcmp(a, b, sizeof(*a));
}

#endif /* _SHIM_H */
