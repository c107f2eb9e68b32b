// SPDX-License-Identifier: GPL-2.0
/*
 * ktap.c - the report of the selftests
 *
 * A reader knows that a report is whole by two things: there are as many
 * results as the plan says, and the last line counts them again.
 */
#include <linux/kernel.h>
#include <linux/stdarg.h>

#include "ktap.h"

#define NOTE_MAX 256

/**
 * ktap_begin() - the version and the plan
 * @k: an empty report
 * @planned: how many results will follow
 */
void ktap_begin(struct ktap *k, unsigned int planned)
{
	tb_text_printf(&k->text, "KTAP version 1\n1..%u\n", planned);
}

/**
 * ktap_note() - a line of diagnostics; belongs to the result that follows
 * @k: the report
 * @fmt: as printf, without line feed
 */
void ktap_note(struct ktap *k, const char *fmt, ...)
{
	char line[NOTE_MAX];
	va_list args;

	va_start(args, fmt);
	vscnprintf(line, sizeof(line), fmt, args);
	va_end(args);
	tb_text_printf(&k->text, "# %s\n", line);
}

/**
 * ktap_result() - one result
 * @k: the report
 * @verdict: how it ended
 * @name: of what
 * @why: reason of a skip
 */
void ktap_result(struct ktap *k, enum st_verdict verdict, const char *name,
		 const char *why)
{
	k->count++;
	k->failed += verdict == ST_FAILED;
	k->skipped += verdict == ST_SKIPPED;
	tb_text_printf(&k->text, "%s %u - %s",
		       verdict == ST_FAILED ? "not ok" : "ok", k->count, name);
	if (verdict == ST_SKIPPED)
		tb_text_printf(&k->text, " # SKIP %s", why);
	tb_text_printf(&k->text, "\n");
}

/**
 * ktap_bail() - no more results will follow, though the plan says so
 * @k: the report
 * @why: the reason
 */
void ktap_bail(struct ktap *k, const char *why)
{
	tb_text_printf(&k->text, "Bail out! %s\n", why);
}

/**
 * ktap_end() - the line that says that the report is whole
 * @k: the report
 */
void ktap_end(struct ktap *k)
{
	ktap_note(k, "Totals: pass:%u fail:%u skip:%u",
		  k->count - k->failed - k->skipped, k->failed, k->skipped);
}
