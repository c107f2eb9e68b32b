// SPDX-License-Identifier: GPL-2.0
/* sim/machine.c: the machines that are known, a user's own, and what is refused. */
#include "test.h"

#include "sim/machine.h"

static void refused(const char *text, int err, const char *why)
{
	char error[SIM_ERROR_MAX] = "";
	struct sim_machine m;

	assert_int_equal(sim_machine_choose(&m, text, error), err);
	if (!strstr(error, why))
		fail_msg("\"%s\" says \"%s\", not \"%s\"", text, error, why);
}

static void known_machines_are_sound(void **state)
{
	char error[SIM_ERROR_MAX], text[512], again[512];
	const struct sim_machine *known;
	struct sim_machine m;
	u32 i;

	(void)state;
	for (i = 0; (known = sim_machine_at(i)); i++) {
		assert_int_equal(sim_machine_choose(&m, known->name, error), 0);
		assert_true(strlen(known->source) > 10);
		assert_true(m.sibling_ <= m.near_ && m.near_ <= m.socket_ &&
			    m.socket_ <= m.far_);
		sim_machine_print(&m, text, sizeof(text));
		assert_true(strlen(text) < sizeof(text) - 1);
		assert_int_equal(sim_machine_choose(&m, text, error), 0);
		sim_machine_print(&m, again, sizeof(again));
		assert_string_equal(text, again);
	}
	assert_true(i >= 7);
}

static void constants_are_overridden(void **state)
{
	char error[SIM_ERROR_MAX];
	struct sim_machine m;

	(void)state;
	assert_int_equal(sim_machine_choose(&m,
					    "milan128,wake=50us,near=2500ps,jitter=0,socket_cpus=16",
					    error),
			 0);
	assert_int_equal(m.wake_, 50000000);
	assert_int_equal(m.near_, 2500);
	assert_int_equal(m.jitter, 0);
	assert_int_equal(m.socket_cpus_, 16);
	assert_int_equal(m.far_, sim_machine_at(0)->far_);
}

static void errors_name_the_input(void **state)
{
	(void)state;
	refused("", -ENOENT, "no machine ''; there are milan128 ");
	refused("milan", -ENOENT,
		"no machine 'milan'; there are milan128 opteron48");
	refused("ideal,speed=3ns", -ENOENT,
		"no constant 'speed'; there are hit rmw relax");
	refused("ideal,", -ENOENT, "no constant ''");
	refused("ideal,near", -EINVAL,
		"'near': near is a time like 23ns or 500ps");
	refused("ideal,near=", -EINVAL, "'near=': near is a time");
	refused("ideal,near=5", -EINVAL, "'near=5': near is a time");
	refused("ideal,near=5ms", -EINVAL, "'near=5ms'");
	refused("ideal,near=-5ns", -EINVAL, "'near=-5ns'");
	refused("ideal,near=2000000us", -ERANGE, "from 0 to 1000000us");
	refused("ideal,near=99999999999999999999999ns", -ERANGE,
		"near is a time");
	refused("ideal,jitter=101", -ERANGE,
		"jitter is a number from 0 to 100");
	refused("ideal,jitter=5ns", -EINVAL, "jitter is a number");
	refused("ideal,core_cpus=0", -ERANGE,
		"core_cpus is a number from 1 to 512");
	refused("ideal,core_cpus=2", -ERANGE, "each has to divide the next");
	refused("ideal,hit=0ns", -ERANGE, "hit has to be at least 1ps");
	refused("ideal,relax=0ns", -ERANGE, "relax has to be at least 1ps");
}

static void neighbours_are_near(void **state)
{
	char error[SIM_ERROR_MAX];
	struct sim_machine m;

	(void)state;
	assert_int_equal(sim_machine_choose(&m, "broadwell88", error), 0);
	assert_int_equal(sim_machine_distance(&m, 0, 1), m.sibling_);
	assert_int_equal(sim_machine_distance(&m, 1, 2), m.near_);
	assert_int_equal(sim_machine_distance(&m, 43, 44), m.far_);
	assert_int_equal(sim_machine_choose(&m, "milan128", error), 0);
	assert_int_equal(sim_machine_distance(&m, 0, 7), m.near_);
	assert_int_equal(sim_machine_distance(&m, 0, 8), m.socket_);
	assert_int_equal(sim_machine_distance(&m, 127, 0), m.far_);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_machines_are_sound),
		cmocka_unit_test(constants_are_overridden),
		cmocka_unit_test(errors_name_the_input),
		cmocka_unit_test(neighbours_are_near),
	};

	return cmocka_run_group_tests_name("machine", tests, NULL, NULL);
}
