// SPDX-License-Identifier: GPL-2.0
/*
 * token_knobs.c - which lock has which knob
 *
 * A lock made of tokens has the knobs of its generation; any other has none,
 * even if it runs on the same scheduler. Their values as text are config.c's.
 */
#include <linux/kernel.h>

#include "base/text.h"
#include "config.h"
#include "token_knobs.h"
#include "variant.h"

static const char *const names[] = {
#define NAME(name, ...) #name,
	LWKT_KNOBS(NAME)
#undef NAME
};

/**
 * tb_knob_name() - the name of a knob, without its folder
 * @knob: the knob
 */
const char *tb_knob_name(enum lwkt_knob knob)
{
	return names[knob];
}

/**
 * tb_knob_of() - does a lock have the mechanism behind a knob?
 * @v: the lock
 * @knob: the knob
 */
bool tb_knob_of(const struct tb_variant *v, enum lwkt_knob knob)
{
	return v->tokens && lwkt_knob_of(v->generation, knob);
}

/**
 * tb_knob_locks() - the locks that have a knob
 * @knob: the knob
 * @buf: gets a comma list, "-" if it is empty
 * @len: its size
 */
void tb_knob_locks(enum lwkt_knob knob, char *buf, size_t len)
{
	size_t at = 0;
	u32 i;

	for (i = 0; i < TB_VARIANT_COUNT; i++)
		if (tb_knob_of(tb_variants[i], knob))
			at += scnprintf(buf + at, len - at, "%s%s",
					at ? "," : "", tb_variants[i]->name);
	if (!at)
		scnprintf(buf, len, "-");
}

/**
 * tb_knobs_print() - the knobs of a run, as keys of its result
 * @t: the text to add to
 * @c: the parameters of the run
 *
 * Context: process context, may sleep.
 */
void tb_knobs_print(struct tb_text *t, const struct tb_config *c)
{
	char value[TB_CPUS_MAX];
	u32 i;

	for (i = 0; i < LWKT_KNOB_COUNT; i++) {
		if (!tb_knob_of(tb_variants[c->lock], i))
			continue;
		tb_config_print(c, TB_SETTING_KNOB(i), value, sizeof(value));
		tb_text_printf(t, "params." TB_KNOB_DIR ".%s %s\n", names[i],
			       value);
	}
}
