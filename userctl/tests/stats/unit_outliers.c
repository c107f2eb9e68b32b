// SPDX-License-Identifier: GPL-2.0
/* outliers.c: what is named as far from the others. */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "stats/outliers.h"
#include "tests/unit.h"

static bool far[100];

static void the_fences_are_at_three_times_the_middle_half(void **state)
{
	/* Quartiles 100 and 102 as long as the rest is below and above. */
	double values[] = { 99, 100, 100, 101, 101, 102, 102, 103, 101 };
	double *last = &values[N_OF(values) - 1];

	(void)state;
	assert_int_equal(outliers_find(values, N_OF(values), far), 0);
	values[7] = 108;
	assert_int_equal(outliers_find(values, N_OF(values), far), 0);
	values[7] = 108.1;
	assert_int_equal(outliers_find(values, N_OF(values), far), 1);
	assert_true(far[7]);
	values[0] = 93.9;
	assert_int_equal(outliers_find(values, N_OF(values), far), 2);
	assert_true(far[0] && far[7] && !far[1]);
	assert_true(*last == 101);
}

/* One of six, two of ten: also where they are on the same side. */
static void some_do_not_hide_each_other(void **state)
{
	static const double six[] = { 100, 103, 98, 50, 101, 99 };
	static const double ten[] = { 100, 40, 103, 98, 101,
				      99,  50, 102, 97, 100 };

	(void)state;
	assert_int_equal(outliers_find(six, 6, far), 1);
	assert_true(far[3]);
	assert_int_equal(outliers_find(ten, 10, far), 2);
	assert_true(far[1] && far[6]);
}

static void equal_values_have_no_outliers_by_a_digit(void **state)
{
	double values[] = { 1000, 1000, 1000, 1000, 1000, 1000, 1000, 1001 };
	static const double zero[] = { 0, 0, 0, 0, 0, 0 };

	(void)state;
	assert_int_equal(outliers_find(values, N_OF(values), far), 0);
	values[7] = 1009;
	assert_int_equal(outliers_find(values, N_OF(values), far), 0);
	values[7] = 1011;
	assert_int_equal(outliers_find(values, N_OF(values), far), 1);
	values[7] = 0;
	assert_int_equal(outliers_find(values, N_OF(values), far), 1);
	assert_int_equal(outliers_find(zero, N_OF(zero), far), 0);
}

static void few_values_have_none(void **state)
{
	static const double values[] = { 1, 1, 1, 1, 1000, 1 };
	size_t n;

	(void)state;
	for (n = 0; n < 6; n++) {
		memset(far, true, sizeof(far));
		assert_int_equal(outliers_find(values, n, far), 0);
		assert_false(n && far[n - 1]);
	}
	assert_int_equal(outliers_find(values, 6, far), 1);
}

/* What the design says of normal runs. */
static void normal_noise_is_rarely_named(void **state)
{
	gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
	size_t named[2] = { 0 };
	double values[20];
	size_t i, j;

	(void)state;
	for (i = 0; i < 2000; i++) {
		for (j = 0; j < 20; j++)
			values[j] = 100 + gsl_ran_gaussian(rng, 3);
		named[0] += !!outliers_find(values, 10, far);
		named[1] += !!outliers_find(values, 20, far);
	}
	gsl_rng_free(rng);
	assert_in_range(named[0], 60, 140);
	assert_in_range(named[1], 20, 60);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_fences_are_at_three_times_the_middle_half),
		cmocka_unit_test(some_do_not_hide_each_other),
		cmocka_unit_test(equal_values_have_no_outliers_by_a_digit),
		cmocka_unit_test(few_values_have_none),
		cmocka_unit_test(normal_noise_is_rarely_named),
	};

	return cmocka_run_group_tests_name("outliers", tests, NULL, NULL);
}
