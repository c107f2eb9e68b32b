/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ktap.h - the report of the selftests: KTAP version 1, one flat list
 *
 * Documentation/dev-tools/ktap.rst. Process context, may sleep.
 */
#ifndef _TB_SELFTEST_KTAP_H
#define _TB_SELFTEST_KTAP_H

#include "base/text.h"

enum st_verdict { ST_PASSED, ST_FAILED, ST_SKIPPED };

/**
 * struct ktap - a report that is being written
 * @text: what there is of it
 * @count: results so far
 * @failed: of these, "not ok"
 * @skipped: of these, skipped
 */
struct ktap {
	struct tb_text text;
	unsigned int count;
	unsigned int failed;
	unsigned int skipped;
};

void ktap_begin(struct ktap *k, unsigned int planned);
__printf(2, 3) void ktap_note(struct ktap *k, const char *fmt, ...);
void ktap_result(struct ktap *k, enum st_verdict verdict, const char *name,
		 const char *why);
void ktap_bail(struct ktap *k, const char *why);
void ktap_end(struct ktap *k);

#endif /* _TB_SELFTEST_KTAP_H */
