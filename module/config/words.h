/* SPDX-License-Identifier: GPL-2.0 */
/*
 * words.h - what kinds of settings there are, and the words some of them take
 */
#ifndef _TB_WORDS_H
#define _TB_WORDS_H

#include "variant.h"

/* The kinds of TB_PARAMS and LWKT_KNOBS. */
enum tb_kind {
	TB_KIND_LOCK,
	TB_KIND_CPUS,
	TB_KIND_UINT,
	TB_KIND_GROUPS,
	TB_KIND_PHASES,
	TB_KIND_ORDER,
	TB_KIND_PICK,
	TB_KIND_DIST,
	TB_KIND_SUBSTRATE,
	TB_KIND_MEASURE,
	TB_KIND_SCHED,
	TB_KIND_FAULT,
	TB_KIND_KNOB_UINT,
	TB_KIND_KNOB_COLLISIONS,
};

/* As many entries as the longest list of words has. */
#define TB_WORDS_MAX (TB_VARIANT_COUNT + 8)

u32 tb_words_of(enum tb_kind kind, const char **words);
const char *tb_word_order(u32 order);
const char *tb_word_dist(u32 dist);
const char *tb_word_fault(u32 fault);

#endif /* _TB_WORDS_H */
