/* SPDX-License-Identifier: GPL-2.0 */
/* The law of stats/usl.c, as its head states it. */
#ifndef _TESTS_LAW_H
#define _TESTS_LAW_H

static inline double law_rate(double lambda, double sigma, double kappa,
			      double n)
{
	return lambda * n / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}

#endif /* _TESTS_LAW_H */
