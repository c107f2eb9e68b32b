// SPDX-License-Identifier: GPL-2.0
/*
 * Bounded parsing of what a user wrote to a file of debugfs.
 *
 * Problem. The text comes from outside: any length, any bytes, no terminator.
 * The C library's and the kernel's parsers want a terminated string, and each
 * accepts more than it should: leading plus and minus signs, 0x, a second
 * newline, or everything after an embedded NUL.
 *
 * Invariants. No byte outside [text, text + len) is read. A text longer than
 * TB_VALUE_MAX is refused before it is looked at. Either the whole value is
 * understood or nothing is stored. What goes back to the user in a message is
 * quoted: printable ASCII of bounded length, so that an input can neither
 * forge a second line nor send escape sequences to a terminal.
 *
 * Limits. ASCII only: no locale, no UTF-8.
 */
#include "parse.h"

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_printable(char c)
{
	return c >= ' ' && c <= '~';
}

int tb_parse_trim(const char *text, size_t len, const char **value,
		  size_t *value_len)
{
	size_t i;

	if (len > TB_VALUE_MAX)
		return -E2BIG;
	while (len && is_blank(text[len - 1]))
		len--;
	while (len && is_blank(*text)) {
		text++;
		len--;
	}
	if (!len)
		return -ENODATA;
	for (i = 0; i < len; i++)
		if (!is_printable(text[i]))
			return -EILSEQ;

	*value = text;
	*value_len = len;
	return 0;
}

int tb_parse_u64(const char *text, size_t len, u64 min, u64 max, u64 *val)
{
	bool overflow = false;
	u64 sum = 0;
	size_t i;
	int err;

	err = tb_parse_trim(text, len, &text, &len);
	if (err)
		return err;

	for (i = 0; i < len; i++) {
		u32 digit = (u32)text[i] - '0';

		if (digit > 9)
			return -EINVAL;
		if (sum > (U64_MAX - digit) / 10)
			overflow = true;
		sum = sum * 10 + digit;
	}
	/* Only now: what is no number should be called that, however long. */
	if (overflow)
		return -EOVERFLOW;
	if (sum < min || sum > max)
		return -ERANGE;

	*val = sum;
	return 0;
}

int tb_parse_word(const char *text, size_t len, const char *const *words, u32 n)
{
	u32 i;
	int err;

	err = tb_parse_trim(text, len, &text, &len);
	if (err)
		return err;

	for (i = 0; i < n; i++)
		if (words[i] && strlen(words[i]) == len &&
		    !memcmp(words[i], text, len))
			return i;
	return -ENOENT;
}

const char *tb_parse_reason(int err)
{
	switch (err) {
	case -E2BIG:
		return "too long";
	case -ENODATA:
		return "empty";
	case -EILSEQ:
		return "not plain text";
	case -EINVAL:
		return "not a decimal number";
	case -EOVERFLOW:
		return "needs more than 64 bits";
	case -ERANGE:
		return "out of range";
	case -ENOENT:
		return "unknown word";
	default:
		return "not understood";
	}
}

/* Two quotes, three dots, the terminator; and what fits between the quotes. */
#define QUOTE_OUTER 6
#define QUOTE_INNER (TB_QUOTE_MAX - QUOTE_OUTER)

/* Write @c as in a C string to @out, 4 bytes at most; returns how many. */
static u32 escape(char *out, char c)
{
	static const char hex[] = "0123456789abcdef";

	if (is_printable(c) && c != '"' && c != '\\') {
		out[0] = c;
		return 1;
	}
	out[0] = '\\';
	switch (c) {
	case '"':
	case '\\':
		out[1] = c;
		return 2;
	case '\n':
		out[1] = 'n';
		return 2;
	case '\r':
		out[1] = 'r';
		return 2;
	case '\t':
		out[1] = 't';
		return 2;
	default:
		out[1] = 'x';
		out[2] = hex[(u8)c >> 4];
		out[3] = hex[(u8)c & 15];
		return 4;
	}
}

int tb_parse_quote(char *buf, size_t len, const char *text, size_t textlen)
{
	char inner[QUOTE_INNER];
	size_t room = QUOTE_INNER;
	size_t used = 0;
	char one[4];
	size_t i;
	u32 n;

	if (len < QUOTE_OUTER) {
		if (len)
			buf[0] = '\0';
		return 0;
	}
	room = min(room, len - QUOTE_OUTER);

	for (i = 0; i < textlen; i++) {
		n = escape(one, text[i]);
		if (n > room - used)
			break;
		memcpy(inner + used, one, n);
		used += n;
	}
	return scnprintf(buf, len, "\"%.*s\"%s", (int)used, inner,
			 i < textlen ? "..." : "");
}
