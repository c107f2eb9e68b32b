/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compat.h - the only place that knows kernel versions and architectures
 *
 * Each entry names the release that made it necessary. Supported: 6.1 and
 * later on x86-64, and User Mode Linux on the same.
 */
#ifndef _TB_COMPAT_H
#define _TB_COMPAT_H

#include <linux/version.h>
#include <linux/hrtimer.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#if defined(CONFIG_X86_64) && !defined(CONFIG_UML)
#include <asm/cpufeature.h>
#include <asm/tsc.h>
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 1, 0)
#error "tokbench needs Linux 6.1 or later"
#endif

/* Contention needs company; cache lines of one's own do not exist without. */
#ifndef CONFIG_SMP
#error "tokbench needs CONFIG_SMP"
#endif

/*
 * hrtimer_setup() came in 6.13 and hrtimer_init(), which left the callback to
 * be stored by hand, went in 6.15.
 */
static inline void
compat_hrtimer_setup(struct hrtimer *t,
		     enum hrtimer_restart (*fn)(struct hrtimer *),
		     enum hrtimer_mode mode)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	hrtimer_setup(t, fn, CLOCK_MONOTONIC, mode);
#else
	hrtimer_init(t, CLOCK_MONOTONIC, mode);
	t->function = fn;
#endif
}

/*
 * True where the caller may sleep. preemptible() is the constant false on a
 * kernel that does not count preempt_disable(); there only interrupt context
 * and disabled interrupts can be seen.
 */
static inline bool compat_may_block(void)
{
	if (IS_ENABLED(CONFIG_PREEMPT_COUNT))
		return preemptible();
	return !in_interrupt() && !irqs_disabled();
}

/*
 * Leaves the CPU to others that want it, from a loop that may run for ever.
 *
 * cond_resched() alone is not enough: it is empty on a kernel with full or lazy
 * preemption, and User Mode Linux never preempts whatever its configuration
 * says. need_resched() + schedule() alone is not enough either: on a kernel
 * without preemption cond_resched() is also what reports a quiescent state to
 * RCU. Context: process context, may sleep; no spinlock held.
 */
static inline void compat_relax_cpu(void)
{
	cond_resched();
	if (unlikely(need_resched()))
		schedule();
}

/*
 * The preemption model in force. preempt_model_none() and its sisters came in
 * 5.18 and can be called by modules; lazy preemption came in 6.13.
 */
static inline const char *compat_preempt_model(void)
{
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		return "rt";
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 13, 0)
	if (preempt_model_lazy())
		return "lazy";
#endif
	if (preempt_model_full())
		return "full";
	if (preempt_model_voluntary())
		return "voluntary";
	return "none";
}

/* On PREEMPT_RT, where Linux's own locks are others, this text; else none. */
#define compat_on_rt(text) (IS_ENABLED(CONFIG_PREEMPT_RT) ? (text) : NULL)

/* Does the kernel ask the hypervisor for stolen time? User Mode Linux cannot. */
static inline bool compat_has_steal(void)
{
	return IS_ENABLED(CONFIG_PARAVIRT);
}

/* The time stamp counter, also in User Mode Linux, which has no get_cycles(). */
static __always_inline u64 compat_rdtsc(void)
{
#ifdef CONFIG_X86_64
	u64 ticks;

	/* lfence: keep earlier loads, the lock's own among them, before it. */
	asm volatile("lfence; rdtsc; shl $32, %%rdx; or %%rdx, %%rax"
		     : "=a"(ticks)
		     :
		     : "rdx", "memory");
	return ticks;
#else
	return 0;
#endif
}

/* CPUID as user space sees it; User Mode Linux has no cpuid() of its own. */
static inline void compat_cpuid(u32 leaf, u32 *a, u32 *b, u32 *c, u32 *d)
{
#ifdef CONFIG_X86_64
	*a = leaf;
	*c = 0;
	asm volatile("cpuid" : "+a"(*a), "=b"(*b), "+c"(*c), "=d"(*d));
#else
	*a = 0;
	*b = 0;
	*c = 0;
	*d = 0;
#endif
}

/*
 * Is the time stamp counter a clock, as far as is known by now? Natively what Linux
 * says: the rate is constant, idle CPUs do not stop it, all CPUs have the same.
 * In User Mode Linux, which knows nothing of it, what the processor says: CPUID
 * 0x80000007 EDX bit 8.
 */
static inline bool compat_tsc_is_stable(void)
{
#if !defined(CONFIG_X86_64)
	return false;
#elif defined(CONFIG_UML)
	const u32 power = 0x80000007;
	u32 a, b, c, d;

	compat_cpuid(0x80000000, &a, &b, &c, &d);
	if (a < power)
		return false;
	compat_cpuid(power, &a, &b, &c, &d);
	return d & BIT(8);
#else
	return boot_cpu_has(X86_FEATURE_CONSTANT_TSC) &&
	       boot_cpu_has(X86_FEATURE_NONSTOP_TSC) && !check_tsc_unstable();
#endif
}

#endif /* _TB_COMPAT_H */
