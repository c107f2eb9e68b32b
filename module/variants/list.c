// SPDX-License-Identifier: GPL-2.0
/*
 * list.c - the table of all variants, made from variant_list.h
 */
#include <linux/kernel.h>

#include "config/variant.h"

#define ENTRY(symbol) [TB_VARIANT_##symbol] = &tb_variant_##symbol,
const struct tb_variant *const tb_variants[] = { TB_VARIANTS(ENTRY) };

static const char *const flag_words[] = {
#define WORD(word) #word,
	TB_FLAGS(WORD)
#undef WORD
};

/**
 * tb_variant_flags() - the flags of a variant as users read them
 * @v: the variant
 * @buf: gets a comma list, "-" if it has none
 * @len: its size, TB_FLAGS_MAX suffices
 */
void tb_variant_flags(const struct tb_variant *v, char *buf, size_t len)
{
	size_t at = 0;
	u32 i;

	for (i = 0; i < TB_FLAG_COUNT; i++)
		if (v->flags & 1U << i)
			at += scnprintf(buf + at, len - at, "%s%s",
					at ? "," : "", flag_words[i]);
	if (!at)
		scnprintf(buf, len, "-");
}
