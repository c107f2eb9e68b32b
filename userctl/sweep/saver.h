/* SPDX-License-Identifier: GPL-2.0 */
/* Saves a document while its runs are still being made. */
#ifndef _SAVER_H
#define _SAVER_H

#include <json-c/json.h>
#include <stdbool.h>
#include <stdint.h>

#include "table/out.h"

/**
 * struct saver - A file that is kept up to date
 * @file: the open file; NULL: none
 * @format: its format
 * @view: what a table has
 * @saved: it was written at least once
 * @failed: it could not be written; not tried again before the end
 * @last_ms: when it was written last; before, when the first run began
 * @cost_ms: how long that took
 */
struct saver {
	struct outfile *file;
	enum out_format format;
	const struct out_view *view;
	bool saved;
	bool failed;
	uint64_t last_ms;
	uint64_t cost_ms;
};

bool saver_is_due(const struct saver *s, uint64_t now_ms, bool round_end);
void saver_tick(struct saver *s, struct json_object *doc, bool round_end);

#endif /* _SAVER_H */
