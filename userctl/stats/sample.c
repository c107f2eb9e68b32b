// SPDX-License-Identifier: GPL-2.0
/* What several runs of one thing have measured. Pure. */
#include "base/xalloc.h"
#include "sample.h"

/**
 * sample_new() - Make a sample
 * @max: how many values it has room for
 *
 * Return: an empty sample with rounds; free with sample_free().
 */
struct sample sample_new(size_t max)
{
	return (struct sample){
		.values = xcalloc(max, sizeof(double)),
		.rounds = xcalloc(max, sizeof(uint32_t)),
	};
}

/**
 * sample_add() - Add a value
 * @s: sample that has room for it
 * @value: the value
 * @round: its round
 */
void sample_add(struct sample *s, double value, uint32_t round)
{
	s->values[s->n] = value;
	s->rounds[s->n++] = round;
}

/* Where the run of a round is. */
struct place {
	uint32_t round;
	size_t index;
};

static int by_round(const void *a, const void *b)
{
	const struct place *x = a;
	const struct place *y = b;

	return (x->round > y->round) - (x->round < y->round);
}

/* NULL if there are no rounds, or one is there twice. */
static struct place *new_places(const struct sample *s)
{
	struct place *places;
	size_t i;

	if (!s->rounds)
		return NULL;
	places = xcalloc(s->n, sizeof(*places));
	for (i = 0; i < s->n; i++)
		places[i] = (struct place){ s->rounds[i], i };
	qsort(places, s->n, sizeof(*places), by_round);
	for (i = 1; i < s->n; i++) {
		if (places[i].round == places[i - 1].round) {
			free(places);
			return NULL;
		}
	}
	return places;
}

/**
 * sample_pair() - Find the rounds that two samples have in common
 * @a: a sample
 * @b: another
 * @x: receives what @a has in these rounds, one after the other
 * @y: receives what @b has
 *
 * @x and @y are to be freed with sample_free().
 *
 * Return: how many they are; 0 also if nothing relates the runs of the two: one
 * of them has no rounds, or a round twice.
 */
size_t sample_pair(const struct sample *a, const struct sample *b,
		   struct sample *x, struct sample *y)
{
	struct place *p = new_places(a), *q = new_places(b);
	size_t i = 0, j = 0;

	*x = sample_new(a->n);
	*y = sample_new(a->n);
	while (p && q && i < a->n && j < b->n) {
		if (p[i].round == q[j].round) {
			sample_add(x, a->values[p[i].index], p[i].round);
			sample_add(y, b->values[q[j].index], p[i].round);
		}
		if (p[i].round <= q[j].round)
			i++;
		else
			j++;
	}
	free(p);
	free(q);
	return x->n;
}

/**
 * sample_free() - Free a sample
 * @s: sample to empty
 */
void sample_free(struct sample *s)
{
	free(s->values);
	free(s->rounds);
	*s = (struct sample){ 0 };
}
