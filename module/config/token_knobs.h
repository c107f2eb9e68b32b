/* SPDX-License-Identifier: GPL-2.0 */
/*
 * token_knobs.h - which lock has which knob
 */
#ifndef _TB_TOKEN_KNOBS_H
#define _TB_TOKEN_KNOBS_H

#include <linux/types.h>

#include "lwkt/core/generations.h"

struct tb_config;
struct tb_text;
struct tb_variant;

/* The folder of their files; in a result's keys it is a section. */
#define TB_KNOB_DIR "token"

const char *tb_knob_name(enum lwkt_knob knob);
bool tb_knob_of(const struct tb_variant *v, enum lwkt_knob knob);
void tb_knob_locks(enum lwkt_knob knob, char *buf, size_t len);
void tb_knobs_print(struct tb_text *t, const struct tb_config *c);

#endif /* _TB_TOKEN_KNOBS_H */
