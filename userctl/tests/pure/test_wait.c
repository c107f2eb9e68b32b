// SPDX-License-Identifier: GPL-2.0
/*
 * sim/order.c and sim/wait.c: the first CPU is the first, and waiting without the
 * rounds between comes to what simulating each round comes to.
 */
#include "test.h"

#include "pure/rng.h"
#include "sim/wait.h"

#define CPUS 9
#define LINES 5
#define EVENTS 4000

static void first_is_first(void **state)
{
	static struct sim_order o;
	u64 time[100], later;
	struct tb_rng rng;
	u32 i, cpu, best;

	(void)state;
	tb_rng_seed(&rng, 1, 0);
	for (cpu = 0; cpu < 100; cpu++) {
		time[cpu] = tb_rng_below(&rng, 50);
		sim_order_add(&o, cpu, time[cpu]);
	}
	for (i = 0; i < 20000; i++) {
		for (best = 0, cpu = 1; cpu < 100; cpu++)
			if (time[cpu] < time[best])
				best = cpu;
		assert_int_equal(sim_order_first(&o), best);
		assert_int_equal(sim_order_time(&o, best), time[best]);
		cpu = tb_rng_below(&rng, 100);
		later = time[best] + tb_rng_below(&rng, 50);
		if (cpu != best && !tb_rng_below(&rng, 50))
			later = SIM_NEVER;
		time[cpu] = later;
		if (cpu == best) {
			bool first = true;
			u32 other;

			for (other = 0; other < 100; other++)
				if (other != cpu &&
				    sim_order_before(time[other], other, later,
						     cpu))
					first = false;
			assert_int_equal(sim_order_stays_first(&o, later),
					 first);
		}
		sim_order_set(&o, cpu, later);
	}
}

/*
 * A toy machine: CPU 0 to 2 write lines at random times, the others wait. A waiter
 * reads some lines, in a round, until the version of one has changed; an "interrupt"
 * at a random time ends a round's point, too.
 */
struct toy_cpu {
	u64 now, event;
	u32 n, at; /* lines of its loop; which one is next, n: PAUSE */
	u32 line[SIM_WAIT_LINES], seen[SIM_WAIT_LINES];
	bool fresh, parked;
	struct sim_wait wait;
	struct tb_rng rng;
};

static struct toy {
	struct sim_machine m;
	struct sim_line table[64];
	struct sim_lines lines;
	struct sim_order order;
	struct toy_cpu cpu[CPUS];
	u32 version[LINES];
	u64 log, rounds;
	bool park;
} toy;

/* Everything that could be seen, in its order. */
static void remember(u64 a, u64 b, u64 c)
{
	toy.log = tb_rng_mix(toy.log + a * 31 + b * 1009 + c * 7919 + 1);
}

static u64 address_of(u32 line)
{
	return (line + 1) * 4096;
}

static void new_loop(struct toy_cpu *c)
{
	u32 i;

	c->n = 1 + tb_rng_below(&c->rng, SIM_WAIT_LINES);
	c->line[0] = tb_rng_below(&c->rng, LINES);
	for (i = 1; i < c->n; i++)
		c->line[i] = (c->line[i - 1] + 1) % LINES;
	c->fresh = true;
	c->at = 0;
}

/* False: another CPU comes before the write. */
static bool write_may_come(struct sim_line *line, u32 writer)
{
	bool may = true;
	u32 i, k;

	for (i = 0; i < CPUS; i++) {
		struct toy_cpu *c = &toy.cpu[i];
		u64 when;

		for (k = 0;
		     c->parked && k < c->wait.n && c->wait.lines[k] != line;
		     k++)
			;
		if (!c->parked || k == c->wait.n || !sim_line_has(line, i))
			continue;
		if (sim_wait_before_write(&c->wait, i, &toy.m,
					  toy.cpu[writer].now, writer, &when))
			may = false;
		if (when < sim_order_time(&toy.order, i))
			sim_order_set(&toy.order, i, when);
	}
	return may;
}

/* One access of a CPU, at its time. False: not yet. */
static bool access_line(u32 i, u32 which, enum sim_kind kind)
{
	struct sim_line *line = sim_line_find(&toy.lines, address_of(which));
	struct toy_cpu *c = &toy.cpu[i];
	struct sim_access access;

	if (kind != SIM_READ && line->parked && !write_may_come(line, i))
		return false;
	access = sim_line_access(&toy.m, line, i, kind, c->now, 0);
	if (!access.hit || kind != SIM_READ)
		remember(i, access.start, access.done);
	sim_wait_note(&c->wait, kind, &access);
	c->now = access.done;
	return true;
}

static void deliver(u32 i)
{
	struct toy_cpu *c = &toy.cpu[i];

	if (c->event > c->now)
		return;
	remember(i, c->now, 77);
	sim_wait_spoil(&c->wait);
	c->now += 13;
	c->event = c->now + 100 + tb_rng_below(&c->rng, 3000);
}

static void step_writer(u32 i)
{
	struct toy_cpu *c = &toy.cpu[i];
	struct tb_rng drawn = c->rng;
	u32 which = tb_rng_below(&c->rng, LINES);

	if (!access_line(i, which,
			 tb_rng_below(&c->rng, 2) ? SIM_RMW : SIM_WRITE)) {
		c->rng = drawn;
		return;
	}
	toy.version[which]++;
	c->now += tb_rng_below(&c->rng, 8) ? tb_rng_below(&c->rng, 700) : 0;
}

static void step_waiter(u32 i)
{
	struct toy_cpu *c = &toy.cpu[i];
	u64 when;

	if (c->parked) {
		c->parked = false;
		c->now = sim_order_time(&toy.order, i);
		sim_wait_end(&c->wait);
	}
	deliver(i);
	if (c->at < c->n) {
		u32 which = c->line[c->at];

		access_line(i, which, SIM_READ);
		if (!c->fresh && c->seen[c->at] != toy.version[which]) {
			remember(i, c->now, toy.version[which]);
			new_loop(c);
			return;
		}
		c->seen[c->at++] = toy.version[which];
		return;
	}
	c->at = 0;
	c->fresh = false;
	toy.rounds++;
	if (!toy.park ||
	    !sim_wait_begin(&c->wait, i, &toy.m, c->now + toy.m.relax_)) {
		c->wait.n = 0;
		c->now += toy.m.relax_;
		return;
	}
	c->now += toy.m.relax_;
	when = sim_wait_round_at(&c->wait, c->event);
	c->parked = true;
	sim_order_set(&toy.order, i, when);
}

static u64 play(u64 seed, bool park)
{
	static const char costs[] =
		"milan128,hit=3ps,relax=10ps,near=40ps,socket=90ps,serve=9ps,invalidate=2ps";
	char error[SIM_ERROR_MAX];
	u32 i, k;

	memset(&toy, 0, sizeof(toy));
	toy.park = park;
	assert_int_equal(sim_machine_choose(&toy.m, costs, error), 0);
	toy.lines = (struct sim_lines){ .table = toy.table, .bits = 6 };
	for (i = 0; i < CPUS; i++) {
		tb_rng_seed(&toy.cpu[i].rng, seed, i);
		toy.cpu[i].event = 100 + tb_rng_below(&toy.cpu[i].rng, 3000);
		new_loop(&toy.cpu[i]);
		sim_order_add(&toy.order, i, 0);
	}
	for (k = 0; sim_order_first(&toy.order) < CPUS && k < 100 * EVENTS;
	     k++) {
		i = sim_order_first(&toy.order);
		if (sim_order_time(&toy.order, i) > 10 * EVENTS)
			break;
		if (i < 3)
			step_writer(i);
		else
			step_waiter(i);
		if (!toy.cpu[i].parked)
			sim_order_set(&toy.order, i, toy.cpu[i].now);
	}
	return toy.log;
}

static void parking_changes_nothing(void **state)
{
	u64 seed, whole, simulated = 0, rounds = 0;

	(void)state;
	for (seed = 1; seed <= 100; seed++) {
		whole = play(seed, false);
		rounds += toy.rounds;
		assert_int_equal(play(seed, true), whole);
		simulated += toy.rounds;
	}
	/* Most rounds were left out, or nothing was tested. */
	assert_true(simulated < rounds / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_is_first),
		cmocka_unit_test(parking_changes_nothing),
	};

	return cmocka_run_group_tests_name("wait", tests, NULL, NULL);
}
