// SPDX-License-Identifier: GPL-2.0
/*
 * pause.c - how long the whole machine stood still in the window
 *
 * A laptop is suspended, a virtual machine is paused, the process that is User
 * Mode Linux is stopped: the clock goes on, nothing else does, and a window of a
 * second has the operations of half of one. The threads cannot see it, nor can
 * the scheduler, whose own clock says that they ran.
 *
 * A timer comes on each CPU of the run every PERIOD_NS of the window. When none
 * of them came for longer than that, no CPU was there: interrupts are never off
 * for so long on all. The timers do no more than read the clock, so what they
 * cost the run is some interrupts per second.
 *
 * A machine that is suspended in the proper way stops CLOCK_MONOTONIC as well.
 * CLOCK_BOOTTIME tells: it runs ahead by the time asleep.
 *
 * LIMITS
 *
 *   A pause that is hidden from the guest's clocks (the monitor command stop of
 *   QEMU's emulator) takes no time of the window either, so nothing is wrong
 *   with it. A host that takes one of several CPUs away for a while is no
 *   pause, but stolen time (certificate.steal_ns) and a delay of the probe
 *   (totals.resched_delay_ns). If the others wait for that CPU with interrupts
 *   off, for a run queue's lock that it holds, no CPU is there either.
 */
#include <linux/ktime.h>
#include <linux/percpu.h>
#include <linux/smp.h>

#include "base/clock.h"
#include "base/compat.h"
#include "pause.h"
#include "run.h"

#define PERIOD_NS (50 * NSEC_PER_MSEC)

/*
 * A pause that makes a run INVALID: 1/16 of the window, and the 250 ms that a
 * busy host may need to let a virtual CPU run. As a share this is what
 * overlap_min_pct asks of the threads.
 */
#define LIMIT_SHARE 16
#define LIMIT_NS (250 * NSEC_PER_MSEC)

/* One run has a window at a time. */
static DEFINE_PER_CPU(struct tb_pause_timer, timers);

static u64 asleep_ns(void)
{
	return ktime_get_boot_fast_ns() - ktime_get_mono_fast_ns();
}

/* Some CPU is there at @now; expected once per PERIOD_NS. */
static void note_time(struct tb_pause *p, u64 now)
{
	unsigned long flags;
	u64 gap;

	raw_spin_lock_irqsave(&p->lock, flags);
	gap = tb_clock_between(p->seen_ns, now);
	if (gap > PERIOD_NS)
		p->longest_ns = max(p->longest_ns, gap - PERIOD_NS);
	/* Another CPU may have come first, with a later time. */
	p->seen_ns += gap;
	raw_spin_unlock_irqrestore(&p->lock, flags);
}

static enum hrtimer_restart timer_fires(struct hrtimer *timer)
{
	note_time(container_of(timer, struct tb_pause_timer, timer)->pause,
		  tb_clock_ns());
	hrtimer_forward_now(timer, ns_to_ktime(PERIOD_NS));
	return HRTIMER_RESTART;
}

static void start_timer(void *pause)
{
	struct tb_pause_timer *t = this_cpu_ptr(&timers);

	t->pause = pause;
	hrtimer_start(&t->timer, ns_to_ktime(PERIOD_NS),
		      HRTIMER_MODE_REL_PINNED_HARD);
}

/**
 * tb_pause_begin() - watch from here on
 * @run: its window has just opened
 *
 * Context: the executing thread.
 */
void tb_pause_begin(struct tb_run *run)
{
	struct tb_pause *p = &run->pause;
	int cpu;

	raw_spin_lock_init(&p->lock);
	p->seen_ns = run->run_ns;
	p->asleep_ns = asleep_ns();
	for_each_cpu(cpu, run->plan.cpus)
		compat_hrtimer_setup(&per_cpu(timers, cpu).timer, timer_fires,
				     HRTIMER_MODE_REL_PINNED_HARD);
	/* Of those that are online; one that is not ends the run. */
	on_each_cpu_mask(run->plan.cpus, start_timer, p, true);
}

/**
 * tb_pause_end() - the end of the watch
 * @run: its window has just closed
 *
 * Context: the executing thread.
 */
void tb_pause_end(struct tb_run *run)
{
	struct tb_pause *p = &run->pause;
	u64 slept;
	int cpu;

	for_each_cpu(cpu, run->plan.cpus)
		hrtimer_cancel(&per_cpu(timers, cpu).timer);
	note_time(p, run->cool_ns);
	/* The two clocks are not read at one moment. */
	slept = tb_clock_between(p->asleep_ns, asleep_ns());
	if (slept > PERIOD_NS)
		p->longest_ns = max(p->longest_ns, slept);
}

/**
 * tb_pause_limit_ns() - the longest pause of a run that is not INVALID
 * @run: the run
 */
u64 tb_pause_limit_ns(const struct tb_run *run)
{
	return LIMIT_NS +
	       run->plan.config.duration_ms * NSEC_PER_MSEC / LIMIT_SHARE;
}
