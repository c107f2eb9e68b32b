// SPDX-License-Identifier: GPL-2.0
/*
 * Poisson arrivals: independent of each other and of the progress of the
 * thread.
 *
 * The gaps are exponential and drawn one after the other, in picoseconds, so
 * that short ones lose nothing to rounding. An arrival counts from the first
 * whole nanosecond that is not before it.
 *
 * Refused arrivals take their draw like the others: the times of all arrivals
 * are the same whatever the lock does with them. Only where they come so fast
 * that drawing them would become the load itself are they passed over in one
 * step; a Poisson process does not remember, so what follows is one as well.
 */
#include "arrivals.h"
#include "draw.h"

#define PS_PER_NS 1000

/* An arrival at this time never comes. */
#define NEVER_PS U64_MAX

static void draw_next(struct tb_arrivals *a)
{
	u64 gap = tb_draw(&a->rng, TB_DIST_exp, a->gap_ps);

	a->next_ps = tb_sat_add(a->next_ps, gap);
}

void tb_arrivals_init(struct tb_arrivals *a, const struct tb_workload *wl,
		      u32 thread_index, u64 *ring, u32 max)
{
	memset(a, 0, sizeof(*a));
	tb_rng_seed_thread(&a->rng, wl->seed, thread_index, TB_RNG_ARRIVALS);
	a->gap_ps = wl->gap_ps;
	a->ring = ring;
	a->max = max;
	draw_next(a);
}

u64 tb_arrivals_next_ns(const struct tb_arrivals *a)
{
	return div64_u64(a->next_ps, PS_PER_NS) + !!(a->next_ps % PS_PER_NS);
}

/* Place in the ring of the one that has @n before it. */
static u32 ring_place(const struct tb_arrivals *a, u32 n)
{
	u32 to_end = a->max - a->head;

	return n < to_end ? a->head + n : n - to_end;
}

static bool join_queue(struct tb_arrivals *a)
{
	if (a->waiting == a->max)
		return false;
	a->ring[ring_place(a, a->waiting)] = tb_arrivals_next_ns(a);
	a->waiting++;
	a->peak = max(a->peak, a->waiting);
	return true;
}

/* Refuse what comes up to @now_ps in the mean. */
static void refuse_many(struct tb_arrivals *a, u64 now_ps)
{
	u64 many = div64_u64(now_ps - a->next_ps, a->gap_ps);

	a->arrived += many;
	a->refused += many;
	a->next_ps += many * a->gap_ps;
}

void tb_arrivals_until(struct tb_arrivals *a, u64 now_ns)
{
	u64 now_ps = tb_mul_div(now_ns, PS_PER_NS, 1, NULL);
	u32 burst = 0;

	now_ps = min(now_ps, NEVER_PS - 1);
	while (a->next_ps <= now_ps) {
		a->arrived++;
		if (!join_queue(a)) {
			a->refused++;
			if (++burst == TB_ARRIVALS_BURST)
				refuse_many(a, now_ps);
		}
		draw_next(a);
	}
}

u64 tb_arrivals_take(struct tb_arrivals *a)
{
	u64 came_ns = a->ring[a->head];

	a->head = ring_place(a, 1);
	a->waiting--;
	return came_ns;
}
