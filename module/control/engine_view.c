// SPDX-License-Identifier: GPL-2.0
/*
 * engine_view.c - what the engine can be asked at any time, and changes nothing
 */
#include <linux/math64.h>

#include "base/text.h"
#include "engine.h"
#include "engine_inside.h"
#include "report/dump.h"
#include "report/report.h"
#include "run/run.h"

static const char *const state_words[] = {
#define WORD(word) #word,
	TB_STATES(WORD)
#undef WORD
};

/**
 * tb_state_word() - a state as the file state prints it
 * @state: the state
 */
const char *tb_state_word(enum tb_state state)
{
	return state_words[state];
}

static enum tb_state state_now(void)
{
	lockdep_assert_held(&tb_engine.lock);
	if (!tb_engine.run)
		return tb_engine.ended;
	if (tb_run_is_stuck(tb_engine.run))
		return TB_STATE_stuck;
	switch (READ_ONCE(tb_engine.run->phase)) {
	case TB_PHASE_ARMED:
		return TB_STATE_armed;
	case TB_PHASE_WARM:
		return TB_STATE_warm;
	case TB_PHASE_RUN:
		return TB_STATE_run;
	default:
		return TB_STATE_cool;
	}
}

/**
 * tb_engine_state() - the line of the file state
 * @buf: gets the line
 * @len: its size, TB_STATE_MAX suffices
 * @serial: gets the number to compare with tb_engine_serial()
 *
 * Return: the length of the line
 */
int tb_engine_state(char *buf, size_t len, u64 *serial)
{
	u64 elapsed = 0, total = 0;
	int n;

	mutex_lock(&tb_engine.lock);
	*serial = tb_engine.serial;
	if (tb_engine.run)
		elapsed = tb_run_elapsed_ms(tb_engine.run, &total);
	n = scnprintf(buf, len, "%s %u %s %llu %llu\n",
		      tb_state_word(state_now()), tb_engine.run_id,
		      tb_engine.run_id ? tb_variants[tb_engine.lock_id]->name :
					 "-",
		      elapsed, total);
	mutex_unlock(&tb_engine.lock);
	return n;
}

/**
 * tb_engine_dump() - print the state of the run that is on (file dump)
 * @t: the text to add to; nothing if no run is on
 */
void tb_engine_dump(struct tb_text *t)
{
	mutex_lock(&tb_engine.lock);
	if (tb_engine.run)
		tb_dump(t, tb_engine.run);
	mutex_unlock(&tb_engine.lock);
}

/**
 * tb_engine_serial() - changes whenever STATE or RUN of the file state does
 */
u64 tb_engine_serial(void)
{
	return READ_ONCE(tb_engine.serial);
}

/**
 * tb_engine_waitqueue() - where to wait for tb_engine_serial() to change
 */
wait_queue_head_t *tb_engine_waitqueue(void)
{
	return &tb_engine.changed;
}

/**
 * tb_engine_result() - the last result
 *
 * Return: the result with a reference for the caller, or NULL
 */
struct tb_result *tb_engine_result(void)
{
	struct tb_result *result;

	mutex_lock(&tb_engine.lock);
	result = tb_engine.result;
	if (result)
		kref_get(&result->ref);
	mutex_unlock(&tb_engine.lock);
	return result;
}
