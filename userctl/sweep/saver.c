// SPDX-License-Identifier: GPL-2.0
/*
 * The result of a sweep is written while it grows, so that a crash, of tokctl
 * or of the machine, takes little of it along. Not after every run: the whole
 * document is summed up and written each time, and this must cost little
 * beside the runs, however many there are and however short.
 */
#include <err.h>

#include "base/clock.h"
#include "base/status.h"
#include "result/doc.h"
#include "saver.h"

#define EVERY_MS 10000
#define ROUND_EVERY_MS 1000

/* Writing takes at most one part in so many of the time. */
#define COST_SHARE 20

/**
 * saver_is_due() - Is it time to write the file?
 * @s: the file
 * @now_ms: the time, see clock_now_ms()
 * @round_end: the locks of a cell have all had their turn
 *
 * Return: true after the first round; after a second at the end of a round, and
 * else after ten; but not if writing would take more than a twentieth of the
 * time. What can be written only once is written at the end.
 */
bool saver_is_due(const struct saver *s, uint64_t now_ms, bool round_end)
{
	uint64_t since = now_ms - s->last_ms;

	if (!s->file || s->failed || !outfile_can_repeat(s->file))
		return false;
	if (!s->saved)
		return round_end || since >= EVERY_MS;
	return since >= (round_end ? ROUND_EVERY_MS : EVERY_MS) &&
	       since >= s->cost_ms * COST_SHARE;
}

/**
 * saver_tick() - A run has ended
 * @s: the file; written if it is time
 * @doc: the document so far; gets its summary then, and is called interrupted
 * @round_end: as for saver_is_due()
 */
void saver_tick(struct saver *s, struct json_object *doc, bool round_end)
{
	uint64_t begin = clock_now_ms();

	if (!saver_is_due(s, begin, round_end))
		return;
	doc_finish(doc, true);
	s->failed = out_save(s->file, doc, s->format, s->view, false) != ST_OK;
	if (s->failed)
		warnx("going on; the file is written again at the end");
	s->saved = true;
	s->last_ms = clock_now_ms();
	s->cost_ms = s->last_ms - begin;
}
