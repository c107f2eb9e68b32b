// SPDX-License-Identifier: GPL-2.0
/*
 * about.c - texts that no run has to do with: the version, the locks, and why the
 * last write was refused
 */
#include <linux/slab.h>

#include "about.h"
#include "base/text.h"
#include "config/config.h"
#include "config/refusal.h"
#include "config/variant.h"
#include "pure/parse.h"

/**
 * tb_about_version() - the file version
 * @t: the text to add to
 *
 * Context: process context, may sleep.
 */
void tb_about_version(struct tb_text *t)
{
	tb_text_printf(t, "tokbench %s abi %d\n", TB_VERSION, TB_ABI);
}

/**
 * tb_about_variants() - the file variants: what each lock is
 * @t: the text to add to
 *
 * Context: process context, may sleep.
 */
void tb_about_variants(struct tb_text *t)
{
	char flags[TB_FLAGS_MAX];
	u32 i;

	tb_text_printf(t, "name\tflags\tmax_set\tdoc\tnote\n");
	for (i = 0; i < TB_VARIANT_COUNT; i++) {
		tb_variant_flags(tb_variants[i], flags, sizeof(flags));
		tb_text_printf(t, "%s\t%s\t%u\t%s\t%s\n", tb_variants[i]->name,
			       flags, tb_variant_max_set(tb_variants[i]),
			       tb_variants[i]->doc,
			       tb_variants[i]->note ?: "-");
	}
}

/**
 * tb_about_error() - the file error: why the last write was refused
 * @t: the text to add to
 *
 * Context: process context, may sleep.
 */
void tb_about_error(struct tb_text *t)
{
	char *line = kmalloc(TB_REASON_MAX, GFP_KERNEL);

	if (!line) {
		t->err = -ENOMEM;
		return;
	}
	if (tb_refusal_print(line, TB_REASON_MAX))
		tb_text_printf(t, "%s\n", line);
	kfree(line);
}
