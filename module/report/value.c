// SPDX-License-Identifier: GPL-2.0
/*
 * value.c - how the values of a result are written
 */
#include "base/text.h"
#include "pure/stats.h"
#include "value.h"

/**
 * tb_value_print() - print a value
 * @text: the text to add to; nothing if the value is absent
 * @v: the value
 *
 * Context: process context, may sleep.
 */
void tb_value_print(struct tb_text *text, const struct tb_value *v)
{
	char ppm[TB_PPM_TEXT_MAX];

	switch (v->kind) {
	case TB_VALUE_ABSENT:
		break;
	case TB_VALUE_NUMBER:
		tb_text_printf(text, "%llu", v->number);
		break;
	case TB_VALUE_SIGNED:
		tb_text_printf(text, "%lld", (s64)v->number);
		break;
	case TB_VALUE_PPM:
		tb_fmt_ppm(ppm, sizeof(ppm), v->number);
		tb_text_printf(text, "%s", ppm);
		break;
	case TB_VALUE_PS:
		tb_text_printf(text, "%llu.%03llu", v->number / 1000,
			       v->number % 1000);
		break;
	case TB_VALUE_DIGEST:
		tb_text_printf(text, "%016llx", v->number);
		break;
	case TB_VALUE_WORD:
		tb_text_printf(text, "%s", v->word);
		break;
	}
}

/**
 * tb_value_print_key() - print the line of a value in a summary
 * @text: the text to add to; nothing if the value is absent
 * @section: what stands before the name, without the dot
 * @name: the name
 * @v: the value
 *
 * Context: process context, may sleep.
 */
void tb_value_print_key(struct tb_text *text, const char *section,
			const char *name, const struct tb_value *v)
{
	if (v->kind == TB_VALUE_ABSENT)
		return;
	tb_text_printf(text, "%s.%s ", section, name);
	tb_value_print(text, v);
	tb_text_printf(text, "\n");
}
