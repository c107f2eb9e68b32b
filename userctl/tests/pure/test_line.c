// SPDX-License-Identifier: GPL-2.0
/* sim/line.c: what a miss costs, and that a contended line is a queue. */
#include "test.h"

#include "sim/line.h"

static struct sim_machine machine = {
	.hit_ = 1,
	.rmw_ = 5,
	.relax_ = 10,
	.sibling_ = 20,
	.near_ = 30,
	.socket_ = 100,
	.far_ = 200,
	.memory_ = 80,
	.serve_ = 7,
	.invalidate_ = 3,
	.core_cpus_ = 1,
	.complex_cpus_ = 4,
	.socket_cpus_ = 8,
};

static struct sim_line table[16];
static struct sim_lines lines;

static int reset(void **state)
{
	(void)state;
	memset(table, 0, sizeof(table));
	lines = (struct sim_lines){ .table = table, .bits = 4 };
	return 0;
}

static struct sim_access access_line(u64 address, u32 cpu, enum sim_kind kind,
				     u64 now)
{
	return sim_line_access(&machine, sim_line_find(&lines, address), cpu,
			       kind, now, 0);
}

static void costs(u64 address, u32 cpu, enum sim_kind kind, u64 now, u64 took)
{
	assert_int_equal(access_line(address, cpu, kind, now).done - now, took);
}

static void hits_are_cheap(void **state)
{
	(void)state;
	costs(64, 0, SIM_READ, 0, 80 + 1);
	costs(127, 0, SIM_READ, 100, 1);
	costs(64, 0, SIM_WRITE, 200, 1); /* the only copy */
	costs(64, 0, SIM_RMW, 300, 1 + 5);
	assert_true(access_line(64, 0, SIM_RMW, 400).hit);
}

static void way_depends_on_the_distance(void **state)
{
	u32 cpu[] = { 1, 5, 9 };
	u64 way[] = { 30, 100, 200 }, now = 0;
	u32 i;

	(void)state;
	for (i = 0; i < 3; i++) {
		now += 10000;
		access_line(64, 0, SIM_RMW, now);
		now += 10000;
		costs(64, cpu[i], SIM_READ, now, way[i] + 1);
		/* To have it alone again, the copy has to come back. */
		now += 10000;
		costs(64, 0, SIM_RMW, now, way[i] + 3 + 5 + 1);
	}
}

static void writer_calls_every_copy_back(void **state)
{
	u32 cpu;

	(void)state;
	for (cpu = 0; cpu < 10; cpu++)
		access_line(64, cpu, SIM_READ, 1000 * cpu);
	/* From CPU 0 to the farthest, and a bit for nine others. */
	costs(64, 0, SIM_RMW, 100000, 200 + 9 * 3 + 5 + 1);
	costs(64, 0, SIM_RMW, 200000, 5 + 1);
}

static void line_is_a_queue(void **state)
{
	struct sim_access a, b, c;

	(void)state;
	access_line(64, 0, SIM_RMW, 0);
	a = access_line(64, 1, SIM_RMW, 1000);
	b = access_line(64, 2, SIM_RMW, 1000);
	c = access_line(64, 3, SIM_READ, 1000);
	assert_int_equal(a.start, 1000);
	assert_int_equal(b.start, a.done - machine.hit_);
	assert_int_equal(c.start, b.done - machine.hit_);
	/* A reader keeps it busy for less than its way takes. */
	assert_int_equal(access_line(64, 0, SIM_READ, 1000).start, c.start + 7);
}

static void plain_write_does_not_wait(void **state)
{
	struct sim_access a;

	(void)state;
	access_line(64, 0, SIM_RMW, 0);
	a = access_line(64, 9, SIM_WRITE, 1000);
	assert_false(a.hit);
	assert_int_equal(a.done, 1001);
	/* But others find it busy for as long as it takes. */
	assert_int_equal(access_line(64, 1, SIM_READ, 1010).start,
			 1000 + 200 + 3);
}

static void jitter_lengthens_a_miss_alone(void **state)
{
	struct sim_line *line = sim_line_find(&lines, 64);

	(void)state;
	sim_line_access(&machine, line, 0, SIM_RMW, 0, 0);
	assert_int_equal(sim_line_access(&machine, line, 0, SIM_RMW, 500, 512)
				 .done,
			 500 + 6);
	assert_int_equal(sim_line_access(&machine, line, 5, SIM_READ, 1000, 512)
				 .done,
			 1000 + 150 + 1);
}

static void full_table_says_so(void **state)
{
	u64 i, found = 0;

	(void)state;
	for (i = 1; i < 16; i++)
		found += !!sim_line_find(&lines, i * 64);
	assert_in_range(found, 11, 12);
	assert_null(sim_line_find(&lines, 100 * 64));
	assert_ptr_equal(sim_line_find(&lines, 64), sim_line_find(&lines, 127));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(hits_are_cheap, reset),
		cmocka_unit_test_setup(way_depends_on_the_distance, reset),
		cmocka_unit_test_setup(writer_calls_every_copy_back, reset),
		cmocka_unit_test_setup(line_is_a_queue, reset),
		cmocka_unit_test_setup(plain_write_does_not_wait, reset),
		cmocka_unit_test_setup(jitter_lengthens_a_miss_alone, reset),
		cmocka_unit_test_setup(full_table_says_so, reset),
	};

	return cmocka_run_group_tests_name("line", tests, NULL, NULL);
}
