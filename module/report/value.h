/* SPDX-License-Identifier: GPL-2.0 */
/*
 * value.h - one value of a result, and how it is written
 *
 * A list of uapi/ names the values of a section. Collecting fills them in,
 * printing goes through the list: a value that was not filled in is absent.
 */
#ifndef _TB_VALUE_H
#define _TB_VALUE_H

#include <linux/types.h>

#include "pure/hist.h"

struct tb_text;

enum tb_value_kind {
	TB_VALUE_ABSENT,
	TB_VALUE_NUMBER,
	TB_VALUE_SIGNED,
	TB_VALUE_PPM,
	TB_VALUE_PS,
	TB_VALUE_DIGEST,
	TB_VALUE_WORD,
};

/**
 * struct tb_value - one value; all zero: absent
 * @kind: how it is written
 * @number: unless it is a word
 * @word: lives as long as the value
 */
struct tb_value {
	enum tb_value_kind kind;
	union {
		u64 number;
		const char *word;
	};
};

/* The members of a structure of values, out of a list of uapi/. */
#define TB_VALUE_FIELD(name, ...) struct tb_value name;

static inline struct tb_value tb_value_number(u64 number)
{
	return (struct tb_value){ TB_VALUE_NUMBER, { .number = number } };
}

static inline struct tb_value tb_value_signed(int number)
{
	return (struct tb_value){ TB_VALUE_SIGNED, { .number = number } };
}

/* A fraction, in parts per million. */
static inline struct tb_value tb_value_ppm(u64 ppm)
{
	return (struct tb_value){ TB_VALUE_PPM, { .number = ppm } };
}

/* A time in ns with a fraction, in picoseconds. */
static inline struct tb_value tb_value_ps(u64 ps)
{
	return (struct tb_value){ TB_VALUE_PS, { .number = ps } };
}

/* A fingerprint. */
static inline struct tb_value tb_value_digest(u64 digest)
{
	return (struct tb_value){ TB_VALUE_DIGEST, { .number = digest } };
}

static inline struct tb_value tb_value_word(const char *word)
{
	return (struct tb_value){ TB_VALUE_WORD, { .word = word } };
}

/* Of a histogram: what @ppm of its values are at most. */
static inline struct tb_value
tb_value_percentile(const struct tb_hist_sum *hist, u32 ppm)
{
	return tb_value_number(tb_hist_percentile(hist, ppm));
}

void tb_value_print(struct tb_text *text, const struct tb_value *v);
void tb_value_print_key(struct tb_text *text, const char *section,
			const char *name, const struct tb_value *v);

#endif /* _TB_VALUE_H */
