/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Text that a user wrote: values in, and the same text quoted in an error.
 *
 * The text is @len bytes that may hold anything; it needs no terminator and is
 * read within its bounds only. A value is printable ASCII with optional white
 * space around it and no more than TB_VALUE_MAX bytes in all. All functions:
 * any context, no sleeping, no allocation.
 *
 * Errors, one per reason; tb_parse_reason() puts them into words:
 *
 *   E2BIG      more than TB_VALUE_MAX bytes
 *   ENODATA    nothing but white space
 *   EILSEQ     a NUL, a control character or not ASCII, inside the value
 *   EINVAL     not a decimal number
 *   EOVERFLOW  a decimal number that needs more than 64 bits
 *   ERANGE     a number outside of what is allowed
 *   ENOENT     a word that is not in the list
 */
#ifndef _TB_PARSE_H
#define _TB_PARSE_H

#include "pure.h"
#include "uapi/tokbench.h"

/* Room for any output of tb_parse_quote(): 40 and quotes, dots, terminator. */
#define TB_QUOTE_MAX 46

/**
 * tb_parse_trim() - find the value in a text
 * @text: the text
 * @len: its length
 * @value: gets the begin of the value, inside @text; not terminated
 * @value_len: gets its length, at least 1
 *
 * Return: 0, -E2BIG, -ENODATA or -EILSEQ; nothing is set on error.
 */
int tb_parse_trim(const char *text, size_t len, const char **value,
		  size_t *value_len);

/**
 * tb_parse_u64() - parse a decimal number
 * @text: the text
 * @len: its length
 * @min: smallest number allowed
 * @max: largest number allowed
 * @val: gets the number; untouched on error
 *
 * Digits only: no sign, no prefix, no suffix, no separator.
 *
 * Return: 0 or any of the errors above but -ENOENT.
 */
int tb_parse_u64(const char *text, size_t len, u64 min, u64 max, u64 *val);

/**
 * tb_parse_word() - parse one word out of a list
 * @text: the text
 * @len: its length
 * @words: the list; entries that are NULL match nothing
 * @n: its entries
 *
 * The whole value must match, and case matters.
 *
 * Return: the index of the word, or -E2BIG, -ENODATA, -EILSEQ or -ENOENT.
 */
int tb_parse_word(const char *text, size_t len, const char *const *words,
		  u32 n);

/**
 * tb_parse_reason() - what was wrong
 * @err: an error of this file
 *
 * Return: a few words like "not a decimal number", to follow a quoted input.
 */
const char *tb_parse_reason(int err);

/**
 * tb_parse_quote() - make any input fit for an error message
 * @buf: gets the text, in double quotes and terminated
 * @len: size of @buf; TB_QUOTE_MAX always suffices
 * @text: the input
 * @textlen: its length
 *
 * What is not printable ASCII, the double quote and the backslash become
 * escapes of C. What does not fit in 40 characters or in @buf is cut off between
 * two of them, and "..." behind the closing quote says so; a @buf too small
 * even for that gets an empty string.
 *
 * Return: length of the text in @buf, without its terminator.
 */
int tb_parse_quote(char *buf, size_t len, const char *text, size_t textlen);

#endif /* _TB_PARSE_H */
