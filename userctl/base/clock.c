// SPDX-License-Identifier: GPL-2.0
#include <time.h>

#include "clock.h"

/**
 * clock_now_ms() - What time is it?
 *
 * Return: milliseconds of a clock that is never set.
 */
uint64_t clock_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000ULL + ts.tv_nsec / 1000000;
}
